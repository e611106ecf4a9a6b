// A booking and its trip, locked in the order used everywhere: driver, trip, booking, payment.
#pragma once

#include "features/bookings/repository.hpp"
#include "features/trips/service.hpp"

#include <optional>

namespace safargo::bookings {

struct LockedBooking {
    trips::Trip trip;
    Booking booking;
};

// nullopt when there is no such booking.
Task<std::optional<LockedBooking>> lock_with_trip(db::Transaction& tx, trips::Seats& seats, BookingId id);
// The driver's row before both, for callers that may start the trip.
Task<std::optional<LockedBooking>> lock_with_driver(db::Transaction& tx, trips::Seats& seats, BookingId id);

}  // namespace safargo::bookings
