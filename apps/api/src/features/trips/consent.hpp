// Which edits of a trip somebody stands against. Pure.
#pragma once

#include "core/result.hpp"
#include "features/trips/types.hpp"

#include <optional>

namespace safargo::trips {

// Drafts and open trips are edited: trip_ended, or illegal_transition naming those states.
std::optional<Error> refuse_edit_of(TripStatus status);

// Of an open trip: seats_sold for what its passengers would have to agree to, naming how many seats are sold where
// fewer would be left. How far the times may move depends on each booking, and its listener says so.
std::optional<Error> refuse_change(const Trip& before, const Trip& after);

}  // namespace safargo::trips
