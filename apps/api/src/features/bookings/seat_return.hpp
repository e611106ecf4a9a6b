// What giving back some seats of a booking does to it and to its money (PRODUCT section 5). Pure.
#pragma once

#include "features/bookings/cancellation.hpp"

namespace safargo::bookings {

struct SeatReturn {
    Booking after;              // with the remaining seats, their price and their fee
    payments::SeatsBack money;  // for the others, on the terms on which the passenger could cancel them now
};

// 1 <= seats < booking.seats, of a request or a confirmed booking before its pickup.
SeatReturn give_back_all_but(int seats, const Booking& booking, const CancellationPolicy& policy, Instant now);

}  // namespace safargo::bookings
