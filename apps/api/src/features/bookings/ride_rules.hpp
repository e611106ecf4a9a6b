// Whether an action on a booking is allowed by the state of its trip and the time. Pure. Refusals come in this order:
// the booking's own state, then its trip, then the time.
#pragma once

#include "core/result.hpp"
#include "features/bookings/types.hpp"
#include "features/trips/types.hpp"

#include <chrono>

namespace safargo::bookings {

// For this long after the completion, or after a reported no-show, a token scanned offline may still be uploaded.
inline constexpr std::chrono::hours late_proof{48};

// trip_departed (sales have ended) or trip_ended.
Result<Nothing> may_accept(const Booking& booking, const trips::Trip& trip, Instant now);

// pickup_passed for the passenger, who may cancel until then, whether the trip has started or not; trip_ended.
Result<Nothing> may_cancel(const Booking& booking, BookingEvent event, const trips::Trip& trip, Instant now);

// trip_not_started for a draft, trip_ended. Whether an open trip may start now is for trips to say.
Result<Nothing> may_board(const Booking& booking, const trips::Trip& trip);

// A completed booking without boarding, or one with a reported no-show: a token still proves, for disputes, that the
// two met.
bool takes_late_proof(const Booking& booking, Instant now);

// Before the trip ends: not_boarded, trip_not_started, trip_ended.
Result<Nothing> may_get_off(const Booking& booking, const trips::Trip& trip);

// Completed too soon after the planned pickup to count as a ride: before a third of its planned duration.
bool is_short_ride(const Booking& booking, Instant ended);

}  // namespace safargo::bookings
