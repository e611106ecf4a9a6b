// The states of a trip: the one table that says what leads where.
#pragma once

#include "core/result.hpp"
#include "features/trips/types.hpp"

namespace safargo::trips {

enum class TripAction { publish, start, complete, cancel };

// illegal_transition for a move that the table does not have.
Result<TripStatus> next_status(TripStatus from, TripAction action);

}  // namespace safargo::trips
