// How what is done to a booking meets the state of its trip and the hour. Pure; in the order of the refusals: the
// booking's own state, then its trip, then the time.
#pragma once

#include "core/result.hpp"
#include "features/bookings/types.hpp"
#include "features/trips/types.hpp"

#include <chrono>

namespace safargo::bookings {

// So long after the completion, or after somebody was said not to have come, a token that was scanned without network
// may still come in.
inline constexpr std::chrono::hours late_proof{48};

// trip_departed: nothing is sold any more; trip_ended.
Result<Nothing> may_accept(const Booking& booking, const trips::Trip& trip, Instant now);

// pickup_passed for the passenger, who may cancel until then, whether the trip has started or not; trip_ended.
Result<Nothing> may_cancel(const Booking& booking, BookingEvent event, const trips::Trip& trip, Instant now);

// trip_not_started for a draft, trip_ended. Whether an open trip may start now is for trips to say.
Result<Nothing> may_board(const Booking& booking, const trips::Trip& trip);

// A completed booking that nobody boarded, or one of whose people is said not to have come: a token still proves that
// they met, for disputes.
bool takes_late_proof(const Booking& booking, Instant now);

// Before the trip ends: not_boarded, trip_not_started, trip_ended.
Result<Nothing> may_get_off(const Booking& booking, const trips::Trip& trip);

// Too soon after the planned pickup to have been much of a ride: before a third of its planned time.
bool is_short_ride(const Booking& booking, Instant ended);

}  // namespace safargo::bookings
