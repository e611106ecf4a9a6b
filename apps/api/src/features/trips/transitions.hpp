// The states of a trip: the one table that says what leads where.
#pragma once

#include "core/result.hpp"
#include "features/trips/types.hpp"

namespace safargo::trips {

enum class TripAction { publish, start, complete, cancel };

bool is_over(TripStatus status);  // completed or cancelled: nothing moves it any more

// For a move that the table does not have: trip_ended, or illegal_transition naming the states that it starts from.
Result<TripStatus> next_status(TripStatus from, TripAction action);

}  // namespace safargo::trips
