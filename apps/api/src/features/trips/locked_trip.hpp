// A trip and its driver, locked in the order used everywhere: driver, trip, booking, payment.
#pragma once

#include "features/drivers/service.hpp"
#include "features/trips/repository.hpp"

namespace safargo::trips {

struct LockedTrip {
    drivers::Driver driver;
    Trip trip;
};

// not_found for a caller who is not a driver, and for another driver's trip.
Task<Result<LockedTrip>> lock_own_trip(db::Transaction& tx, drivers::DriverService& drivers, UserId driver, TripId id);

}  // namespace safargo::trips
