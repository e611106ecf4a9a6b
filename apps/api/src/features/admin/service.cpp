#include "features/admin/service.hpp"

#include "api/page.hpp"

namespace safargo::admin {
namespace {

constexpr db::Statement insert_flag{"flag_insert", R"(
    insert into flags (id, kind, booking_id, trip_id, created_at) values ($1, $2, $3, $4, $5)
    on conflict (kind, booking_id) do nothing)"};

// Of the kinds that this version knows: a newer one beside it may raise others.
constexpr db::Statement list_flags{"flag_list", R"(
    select id, kind, booking_id, trip_id, created_at from flags
    where kind = any ($1) and ($2::uuid is null or id < $2) order by id desc limit $3)"};

std::vector<std::string> kinds_of(const std::optional<FlagKind>& wanted) {
    std::vector<std::string> kinds;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<FlagKind>>([&](auto known) {
        if (!wanted || *wanted == known.value) kinds.emplace_back(contract::enum_name(known.value));
    });
    return kinds;
}

FlagView flag_from(const db::Row& row) {
    return {.id = row.get<FlagId>(0),
            .kind = row.get<FlagKind>(1),
            .booking_id = row.get<std::optional<BookingId>>(2),
            .trip_id = row.get<std::optional<TripId>>(3),
            .created_at = row.get<Instant>(4)};
}

std::string question_of(const ListFlags& wanted) {
    return "flags " + (wanted.kind ? std::string(contract::enum_name(*wanted.kind)) : "all");
}

}  // namespace

Task<void> raise_flag(db::Transaction& tx, NewFlag flag, Instant now) {
    co_await tx.query(insert_flag, FlagId::make(now), contract::enum_name(flag.kind), flag.booking, flag.trip, now);
}

Task<Result<FlagPage>> FlagService::list(ListFlags wanted) {
    const auto asked = api::PageRequest::of(cursors_, question_of(wanted), wanted);
    if (!asked) co_return std::unexpected(asked.error());
    std::optional<FlagId> before;
    if (asked->position()) before = FlagId::parse(*asked->position()).value();
    const db::Rows rows = co_await database_.query(list_flags, kinds_of(wanted.kind), before, asked->rows());
    FlagPage page;
    for (const db::Row row : rows) page.items.push_back(flag_from(row));
    page.next_cursor = asked->cut(page.items, [](const FlagView& flag) { return flag.id.str(); });
    co_return page;
}

}  // namespace safargo::admin
