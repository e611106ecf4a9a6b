// The state machine of a trip, as one table of transitions.
#pragma once

#include "core/result.hpp"
#include "features/trips/types.hpp"

namespace safargo::trips {

enum class TripAction { publish, start, complete, cancel };

bool is_over(TripStatus status);  // completed or cancelled: nothing moves it any more

// For a transition that is not in the table: trip_ended, or illegal_transition naming the states it may start from.
Result<TripStatus> next_status(TripStatus from, TripAction action);

}  // namespace safargo::trips
