#include "features/admin/service.hpp"

namespace safargo::admin {
namespace {

constexpr std::int64_t default_limit = 20;

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
            .kind = contract::enum_from<FlagKind>(row.get<std::string_view>(1)).value(),
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
    const std::string question = question_of(wanted);
    std::optional<FlagId> before;
    if (wanted.cursor) {
        const auto position = cursors_.open(question, wanted.cursor->str());
        if (!position) co_return std::unexpected(position.error());
        before = FlagId::parse(*position).value();
    }
    const std::int64_t limit = wanted.limit ? wanted.limit->value() : default_limit;
    // One row more than asked for tells whether there is another page.
    const db::Rows rows = co_await database_.query(list_flags, kinds_of(wanted.kind), before, limit + 1);
    FlagPage page;
    for (const db::Row row : rows) {
        if (std::ssize(page.items) == limit) {
            page.next_cursor = cursors_.sign(question, page.items.back().id.str());
            break;
        }
        page.items.push_back(flag_from(row));
    }
    co_return page;
}

}  // namespace safargo::admin
