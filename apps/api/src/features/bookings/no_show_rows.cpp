#include "features/bookings/no_show_rows.hpp"

namespace safargo::bookings {
namespace {

constexpr db::Statement find_no_show{"no_show_find", R"(
    select contest_until, ended_at is not null from no_shows where booking_id = $1)"};

constexpr db::Statement insert_no_show{"no_show_insert", R"(
    insert into no_shows (booking_id, reported_at, contest_until) values ($1, $2, $3))"};

constexpr db::Statement end_no_show{"no_show_end", R"(
    update no_shows set ended_at = $2 where booking_id = $1 and ended_at is null)"};

}  // namespace

Task<std::optional<NoShow>> NoShowRows::find(db::Session& session, BookingId booking) const {
    const db::Rows rows = co_await session.query(find_no_show, booking);
    if (rows.empty()) co_return std::nullopt;
    co_return NoShow{.contest_until = rows[0].get<Instant>(0), .ended = rows[0].get<bool>(1)};
}

Task<void> NoShowRows::insert(db::Transaction& tx, BookingId booking, Instant now, Instant contest_until) const {
    co_await tx.query(insert_no_show, booking, now, contest_until);
}

Task<void> NoShowRows::end(db::Transaction& tx, BookingId booking, Instant now) const {
    co_await tx.query(end_no_show, booking, now);
}

}  // namespace safargo::bookings
