#include "features/bookings/repository.hpp"

#include "features/bookings/booking_rows.hpp"

#include <array>

namespace safargo::bookings {
namespace {

using contract::enum_name;

constexpr std::array one_seat_one_time{
    db::Refusal{"bookings_active_trip_key", Code::already_booked},
    db::Refusal{"bookings_no_overlap", Code::overlapping_booking},
    db::Refusal{"bookings_beside_own_trip", Code::overlapping_trip},
};

std::vector<Booking> bookings_from(const db::Rows& rows) {
    std::vector<Booking> bookings;
    bookings.reserve(rows.size());
    for (const db::Row row : rows) bookings.push_back(booking_from(row));
    return bookings;
}

std::optional<Booking> first_of(const db::Rows& rows) {
    if (rows.empty()) return std::nullopt;
    return booking_from(rows[0]);
}

}  // namespace

constexpr db::Statement find_booking{"booking_find", "select " BOOKING_COLUMNS "from bookings b where b.id = $1"};

Task<std::optional<Booking>> BookingRepository::find(db::Session& session, BookingId id) const {
    co_return first_of(co_await session.query(find_booking, id));
}

constexpr db::Statement lock_booking{"booking_lock",
                                     "select " BOOKING_COLUMNS "from bookings b where b.id = $1 for update"};

Task<std::optional<Booking>> BookingRepository::lock(db::Transaction& tx, BookingId id) const {
    co_return first_of(co_await tx.query(lock_booking, id));
}

constexpr db::Statement lock_active_bookings{"booking_lock_active", "select " BOOKING_COLUMNS R"(from bookings b
    where b.trip_id = $1 and b.status in ('requested', 'awaiting_payment', 'confirmed', 'boarded')
    order by b.id for update)"};

Task<std::vector<Booking>> BookingRepository::lock_active(db::Transaction& tx, TripId trip) const {
    co_return bookings_from(co_await tx.query(lock_active_bookings, trip));
}

constexpr db::Statement lock_missed_bookings{"booking_lock_missed", "select " BOOKING_COLUMNS R"(from bookings b
    where b.trip_id = $1 and b.status in ('no_show_passenger', 'no_show_driver')
    order by b.id for update)"};

Task<std::vector<Booking>> BookingRepository::lock_missed(db::Transaction& tx, TripId trip) const {
    co_return bookings_from(co_await tx.query(lock_missed_bookings, trip));
}

constexpr db::Statement lock_completed_bookings{"booking_lock_completed", "select " BOOKING_COLUMNS R"(from bookings b
    where b.trip_id = $1 and b.status in ('completed', 'settled') and b.completed_at is not null
      and not exists (select from disputes x where x.booking_id = b.id)
    order by b.id for update)"};

Task<std::vector<Booking>> BookingRepository::lock_completed(db::Transaction& tx, TripId trip) const {
    co_return bookings_from(co_await tx.query(lock_completed_bookings, trip));
}

constexpr db::Statement lock_disputed_bookings{"booking_lock_disputed", "select " BOOKING_COLUMNS R"(from bookings b
    where b.trip_id = $1 and b.status = 'disputed' order by b.id for update)"};

Task<std::vector<Booking>> BookingRepository::lock_disputed(db::Transaction& tx, TripId trip) const {
    co_return bookings_from(co_await tx.query(lock_disputed_bookings, trip));
}

constexpr db::Statement lock_overdue_bookings{"booking_lock_overdue", "select " BOOKING_COLUMNS R"(from bookings b
    where b.trip_id = any($1) and (b.trip_id = $2 or b.user_id = $3)
      and b.status in ('requested', 'awaiting_payment') and b.expires_at <= $4
    order by b.id for update)"};

Task<std::vector<Booking>> BookingRepository::lock_overdue(db::Transaction& tx, std::vector<TripId> trips, TripId trip,
                                                           UserId passenger, Instant now) const {
    co_return bookings_from(co_await tx.query(lock_overdue_bookings, std::move(trips), trip, passenger, now));
}

constexpr db::Statement find_overdue_holds{"booking_find_overdue", R"(
    select expires_at, id from bookings
    where status in ('requested', 'awaiting_payment') and expires_at <= $1 and (expires_at, id) > ($2, $3)
    order by expires_at, id limit $4)"};

Task<std::vector<OverdueHold>> BookingRepository::find_overdue(db::Session& session, Instant now, OverdueHold last,
                                                               std::size_t limit) const {
    const db::Rows rows =
        co_await session.query(find_overdue_holds, now, last.at, last.id, static_cast<std::int64_t>(limit));
    std::vector<OverdueHold> overdue;
    for (const db::Row row : rows) overdue.push_back({row.get<Instant>(0), row.get<BookingId>(1)});
    co_return overdue;
}

constexpr db::Statement insert_booking{"booking_insert", R"(
    insert into bookings (id, trip_id, user_id, driver_id, from_stop, to_stop, seats, status, price, service_fee,
        payment_method, message, pickup_at, dropoff_at, expires_at, confirmed_at, created_at, pickup_lat, pickup_lng,
        dropoff_lat, dropoff_lng)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21))"};

Task<Result<Nothing>> BookingRepository::insert(db::Transaction& tx, Booking booking) const {
    const auto inserted = co_await tx.try_query(
        insert_booking, one_seat_one_time, booking.id, booking.trip, booking.passenger, booking.driver,
        booking.from_stop, booking.to_stop, booking.seats, enum_name(booking.status), booking.price,
        booking.service_fee, enum_name(booking.method), booking.message, booking.pickup_at, booking.dropoff_at,
        booking.expires_at, booking.confirmed_at, booking.created_at, booking.pickup_place.value().lat,
        booking.pickup_place->lng, booking.dropoff_place.value().lat, booking.dropoff_place->lng);
    if (!inserted) co_return std::unexpected(inserted.error());
    co_return Nothing{};
}

constexpr db::Statement save_booking{"booking_save", R"(
    update bookings set status = $2, expires_at = $3, accepted_at = $4, confirmed_at = $5, boarded_at = $6,
        completed_at = $7, settle_after = $8, settled_at = $9, ended_at = $10, pin_attempts = $11,
        pickup_at = $12, dropoff_at = $13, agreed_pickup_at = $14, agreed_dropoff_at = $15, version = version + 1
    where id = $1)"};

Task<Result<Nothing>> BookingRepository::save(db::Transaction& tx, Booking booking) const {
    const auto saved = co_await tx.try_query(
        save_booking, one_seat_one_time, booking.id, enum_name(booking.status), booking.expires_at, booking.accepted_at,
        booking.confirmed_at, booking.boarded_at, booking.completed_at, booking.settle_after, booking.settled_at,
        booking.ended_at, booking.pin_attempts, booking.pickup_at, booking.dropoff_at, booking.agreed_pickup_at,
        booking.agreed_dropoff_at);
    if (!saved) co_return std::unexpected(saved.error());
    co_return Nothing{};
}

constexpr db::Statement save_booked_seats{"booking_keep_seats", R"(
    update bookings set seats = $2, price = $3, service_fee = $4, version = version + 1 where id = $1)"};

Task<void> BookingRepository::save_seats(db::Transaction& tx, Booking booking) const {
    co_await tx.query(save_booked_seats, booking.id, booking.seats, booking.price, booking.service_fee);
}

constexpr db::Statement lock_booker_row{"booking_lock_booker", R"(
    select coalesce(u.gender = 'female' and u.gender_confirmed_at is not null, false), u.status,
           array(select distinct b.trip_id from bookings b
                 where b.user_id = u.id and b.status in ('requested', 'awaiting_payment') and b.expires_at <= $2)
    from users u where u.id = $1 for key share of u)"};

Task<Booker> BookingRepository::lock_booker(db::Transaction& tx, UserId passenger, Instant now) const {
    const db::Rows rows = co_await tx.query(lock_booker_row, passenger, now);
    co_return Booker{.passenger = {.id = passenger, .confirmed_female = rows[0].get<bool>(0)},
                     .status = rows[0].get<AccountStatus>(1),
                     .overdue_on = rows[0].get<std::vector<TripId>>(2)};
}

constexpr db::Statement find_boarded{"booking_has_boarded", R"(
    select exists (select from bookings where trip_id = $1 and boarded_at is not null))"};

Task<bool> BookingRepository::has_boarded(db::Session& session, TripId trip) const {
    const db::Rows rows = co_await session.query(find_boarded, trip);
    co_return rows[0].get<bool>(0);
}

constexpr db::Statement find_cancellation_policy{"booking_find_policy", R"(
    select free_until_hours, late_refund_basis_points, grace_minutes from cancellation_policies
    where effective_from <= $1 order by effective_from desc limit 1)"};

Task<CancellationPolicy> BookingRepository::find_policy(db::Session& session, Instant agreed_at) const {
    const db::Rows rows = co_await session.query(find_cancellation_policy, LocalDate::of(agreed_at));
    if (rows.empty()) co_return CancellationPolicy{};
    co_return CancellationPolicy{.free_until = std::chrono::hours(rows[0].get<std::int32_t>(0)),
                                 .late_refund_basis_points = rows[0].get<std::int64_t>(1),
                                 .grace = std::chrono::minutes(rows[0].get<std::int32_t>(2))};
}

}  // namespace safargo::bookings
