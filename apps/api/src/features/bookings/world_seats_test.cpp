#include "core/local_time.hpp"
#include "features/bookings/booking_rows.hpp"
#include "features/bookings/booking_world_test.hpp"

#include <algorithm>

#define TRIP_COLUMNS                                                                                           \
    "select id, driver_id, status, seats, leg_seats_left, booking_mode, women_only, stop_labels, stop_times, " \
    "stop_prices, stop_lats, stop_lngs from trips "

namespace safargo::bookings {
namespace {

constexpr db::Statement find_trip{"test_trip_find", TRIP_COLUMNS "where id = $1"};
constexpr db::Statement lock_trips{"test_trip_lock", TRIP_COLUMNS "where id = any($1) order by id for update"};
constexpr db::Statement save_seats{"test_trip_seats",
                                   "update trips set leg_seats_left = $2, version = version + 1 where id = $1"};

trips::Trip trip_from(const db::Row& row) {
    trips::Trip trip;
    trip.id = row.get<TripId>(0);
    trip.driver = row.get<UserId>(1);
    trip.status = row.get<trips::TripStatus>(2);
    trip.seats = row.get<std::int32_t>(3);
    for (const auto left : row.get<std::vector<std::int32_t>>(4)) trip.leg_seats_left.push_back(left);
    trip.booking_mode = row.get<trips::BookingMode>(5);
    trip.preferences.women_only = row.get<bool>(6);
    const auto labels = row.get<std::vector<std::string>>(7);
    const auto times = row.get<std::vector<Instant>>(8);
    const auto prices = row.get<std::vector<Dinars>>(9);
    const auto lats = row.get<std::vector<double>>(10), lngs = row.get<std::vector<double>>(11);
    for (std::size_t i = 0; i < labels.size(); ++i) {
        trip.stops.push_back(
            {.where = {lats[i], lngs[i]}, .label = labels[i], .commune_id = "", .at = times[i], .price = prices[i]});
    }
    return trip;
}

constexpr db::Statement lock_driver{"test_driver_lock", "select from drivers where user_id = $1 for no key update"};
constexpr db::Statement set_off{"test_trip_set_off",
                                "update trips set status = 'in_progress', started_at = date_time where id = $1"};

Task<void> change_seats(db::Transaction& tx, trips::Trip& trip, int from, int to, int by) {
    for (int leg = from; leg < to; ++leg) trip.leg_seats_left[static_cast<std::size_t>(leg)] += by;
    std::vector<std::int16_t> left(trip.leg_seats_left.begin(), trip.leg_seats_left.end());
    co_await tx.query(save_seats, trip.id, std::move(left));
}

}  // namespace

Task<std::optional<trips::Trip>> TableSeats::lock(db::Transaction& tx, TripId id) {
    auto trips = co_await lock_all(tx, {id});
    if (trips.empty()) co_return std::nullopt;
    co_return std::move(trips[0]);
}

Task<std::vector<trips::Trip>> TableSeats::lock_all(db::Transaction& tx, std::vector<TripId> ids) {
    const db::Rows rows = co_await tx.query(lock_trips, std::move(ids));
    std::vector<trips::Trip> trips;
    for (const db::Row row : rows) trips.push_back(trip_from(row));
    co_return trips;
}

Task<std::optional<trips::Trip>> TableSeats::find(db::Session& session, TripId id) {
    const db::Rows rows = co_await session.query(find_trip, id);
    if (rows.empty()) co_return std::nullopt;
    co_return trip_from(rows[0]);
}

Task<Result<Nothing>> TableSeats::take(db::Transaction& tx, trips::Trip& trip, int from, int to, int seats) {
    for (int leg = from; leg < to; ++leg) {
        if (trip.leg_seats_left[static_cast<std::size_t>(leg)] < seats) co_return fail(Code::trip_full);
    }
    co_await change_seats(tx, trip, from, to, -seats);
    co_return Nothing{};
}

Task<void> TableSeats::give_back(db::Transaction& tx, trips::Trip& trip, int from, int to, int seats) {
    return change_seats(tx, trip, from, to, seats);
}

Task<std::optional<trips::Trip>> TableSeats::lock_with_driver(db::Transaction& tx, UserId driver, TripId id) {
    co_await tx.query(lock_driver, driver);
    co_return co_await lock(tx, id);
}

Result<Nothing> TableSeats::may_start(const trips::Trip& trip) const {
    if (!start_window_ || clock_.now() >= trip.departure() - *start_window_) return Nothing{};
    return fail(too_early(trip.departure() - *start_window_));
}

Task<Result<Nothing>> TableSeats::begin_ride(db::Transaction& tx, trips::Trip& trip) {
    if (auto may = may_start(trip); !may) co_return may;
    trip.status = trips::TripStatus::in_progress;
    co_await tx.query(set_off, trip.id);
    co_await listener->started(tx, trip);
    co_return Nothing{};
}

}  // namespace safargo::bookings
