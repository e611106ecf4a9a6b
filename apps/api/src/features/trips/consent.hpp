// Which edits of a trip its passengers would have to agree to. Pure.
#pragma once

#include "core/result.hpp"
#include "features/trips/types.hpp"

#include <optional>

namespace safargo::trips {

// Drafts and open trips are edited: trip_ended, or illegal_transition naming those states.
std::optional<Error> refuse_edit_of(TripStatus status);

// For an open trip: seats_sold for changes that its passengers would have to agree to; if fewer seats than sold would
// remain, it names the number sold. How far the times may move depends on each booking; the listener of bookings
// decides.
std::optional<Error> refuse_change(const Trip& before, const Trip& after);

}  // namespace safargo::trips
