#include "features/users/accounts.hpp"

namespace safargo::users {
namespace {

constexpr db::Statement insert_user{"user_insert", R"(
    insert into users (id, phone, email, name, locale, created_at) values ($1, $2, $3, $4, $5, $6)
    on conflict do nothing)"};

constexpr db::Statement hold_account{"user_hold_account", "select status from users where id = $1 for key share"};

constexpr db::Statement promote_user{"user_make_driver", R"(
    update users set role = 'driver' where id = $1 and role = 'user')"};

constexpr db::Statement find_woman{"user_is_woman", R"(
    select exists (select from users where id = $1 and gender = 'female' and gender_confirmed_at is not null))"};

}  // namespace

Task<bool> add_account(db::Session& session, NewAccount account, Instant now) {
    const db::Rows inserted = co_await session.query(insert_user, UserId::make(now), account.phone, account.email,
                                                     account.name, enum_name(account.locale), now);
    co_return inserted.affected() == 1;
}

Task<AccountStatus> lock_account(db::Transaction& tx, UserId id) {
    const db::Rows rows = co_await tx.query(hold_account, id);
    co_return rows.empty() ? AccountStatus::deleted : rows[0].get<AccountStatus>(0);
}

Task<void> make_driver(db::Transaction& tx, UserId id) {
    co_await tx.query(promote_user, id);
}

Task<bool> is_confirmed_woman(db::Session& session, UserId id) {
    const db::Rows rows = co_await session.query(find_woman, id);
    co_return rows[0].get<bool>(0);
}

}  // namespace safargo::users
