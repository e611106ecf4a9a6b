#include "features/trips/locked_trip.hpp"

namespace safargo::trips {

Task<Result<LockedTrip>> lock_own_trip(db::Transaction& tx, drivers::DriverService& drivers, UserId driver, TripId id) {
    const auto locked = co_await drivers.lock(tx, driver);
    if (!locked) co_return fail(Code::not_found);
    TripRepository rows;
    auto trip = co_await rows.lock(tx, id);
    if (!trip || trip->driver != driver) co_return fail(Code::not_found);
    co_return LockedTrip{*locked, std::move(*trip)};
}

}  // namespace safargo::trips
