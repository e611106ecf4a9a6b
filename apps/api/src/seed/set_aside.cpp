#include "seed/set_aside.hpp"

namespace safargo::seed {
namespace {

// In the server's own definitions, so that exactly the same is restored.
constexpr db::Statement find_parts{"seed_parts", R"(
    select format('alter table %s drop constraint %I', conrelid::regclass, conname),
           format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
    from pg_constraint where conrelid = $1::text::regclass and contype in ('f', 'x')
    union all
    select format('drop index %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
    from pg_index where indrelid = $1::text::regclass
        and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u', 'x'))
        and not indisunique
    union all
    select format('alter table %s disable trigger %I', tgrelid::regclass, tgname),
           format('alter table %s enable trigger %I', tgrelid::regclass, tgname)
    from pg_trigger where tgrelid = $1::text::regclass and not tgisinternal and tgenabled = 'O')"};

Task<void> define(db::Session& session, std::string sql) {
    std::vector<db::Bound> one;
    one.push_back({.statement = {"seed_define", sql}, .parameters = {}, .once = true});
    co_await session.batch(std::move(one));
}

}  // namespace

Task<SetAside> SetAside::from(db::Transaction& tx, std::string table) {
    SetAside aside;
    const db::Rows rows = co_await tx.query(find_parts, table);
    for (const db::Row row : rows) aside.parts_.push_back({row.get<std::string>(0), row.get<std::string>(1)});
    for (const Part& part : aside.parts_) co_await define(tx, part.drop);
    co_return aside;
}

Task<void> SetAside::put_back(db::Transaction& tx, Progress progress) const {
    co_await define(tx, "set local maintenance_work_mem = '256MB'");
    for (std::size_t done = 0; done < parts_.size(); ++done) {
        progress("indexes", done, parts_.size());
        co_await define(tx, parts_[done].make);
    }
    progress("indexes", parts_.size(), parts_.size());
}

}  // namespace safargo::seed
