// A booking and its trip, locked in the order that everything keeps: trip, then booking.
#pragma once

#include "features/bookings/moves.hpp"

#include <optional>

namespace safargo::bookings {

struct LockedBooking {
    trips::Trip trip;
    Booking booking;
};

class BookingLocker {
public:
    explicit BookingLocker(trips::Seats& seats) : seats_(seats) {}
    Task<std::optional<LockedBooking>> lock(db::Transaction& tx, BookingId id) const;
    // The driver's row before both, for what may start the trip.
    Task<std::optional<LockedBooking>> lock_with_driver(db::Transaction& tx, BookingId id) const;

private:
    trips::Seats& seats_;
    BookingRepository rows_;
};

}  // namespace safargo::bookings
