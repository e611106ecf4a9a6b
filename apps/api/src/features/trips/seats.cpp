#include "features/trips/seats.hpp"

#include <algorithm>
#include <string>

namespace safargo::trips {
namespace {

// Names the number of free seats, if there are any.
Error full(int left) {
    Error error{.code = Code::trip_full};
    if (left > 0) error.fields.push_back({"seats", {Rule::out_of_range, "1", std::to_string(left)}});
    return error;
}

}  // namespace

Task<std::optional<Trip>> TripSeats::lock(db::Transaction& tx, TripId id) {
    return rows_.lock(tx, id);
}

Task<std::vector<Trip>> TripSeats::lock_all(db::Transaction& tx, std::vector<TripId> ids) {
    return rows_.lock_all(tx, std::move(ids));
}

Task<std::optional<Trip>> TripSeats::find(db::Session& session, TripId id) {
    return rows_.find(session, id);
}

Task<Result<Nothing>> TripSeats::take(db::Transaction& tx, Trip& trip, int from, int to, int seats) {
    // Checked beforehand, so that a full trip costs no failed statement; the table's constraint is decisive.
    int left = seats;
    for (int leg = from; leg < to; ++leg) left = std::min(left, trip.leg_seats_left.at(static_cast<std::size_t>(leg)));
    if (left < seats) co_return fail(full(left));
    co_return co_await rows_.take_seats(tx, trip, from, to, seats);
}

Task<void> TripSeats::give_back(db::Transaction& tx, Trip& trip, int from, int to, int seats) {
    const auto given = co_await rows_.take_seats(tx, trip, from, to, -seats);
    if (!given) throw std::logic_error("more seats given back than were taken on trip " + trip.id.str());
}

Task<std::optional<Trip>> TripSeats::lock_with_driver(db::Transaction& tx, UserId driver, TripId id) {
    if (!co_await drivers_.lock(tx, driver)) co_return std::nullopt;
    co_return co_await rows_.lock(tx, id);
}

Result<Nothing> TripSeats::may_start(const Trip& trip) const {
    return lifecycle_.may_start(trip);
}

Task<Result<Nothing>> TripSeats::begin_ride(db::Transaction& tx, Trip& trip) {
    return lifecycle_.begin_ride(tx, trip);
}

}  // namespace safargo::trips
