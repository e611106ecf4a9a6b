// A driver's wishes made into a trip, and changes to one. Pure.
#pragma once

#include "features/trips/journey.hpp"
#include "features/vehicles/types.hpp"

namespace safargo::trips {

// A draft with every seat free.
Result<Trip> compose_trip(const CreateTrip& wanted, const vehicles::Vehicle& vehicle, const Atlas& atlas, Instant now);

// The trip as it would be. `vehicle` is the one it would use; none: the one it has, whether that still exists or not.
Result<Trip> edited_trip(const Trip& before, const EditTrip& changes, const std::optional<vehicles::Vehicle>& vehicle,
                         const Atlas& atlas);

// Changes that passengers would have to agree to whatever they booked: where it stops, prices, vehicle, women
// only. How far the times may move depends on each booking, and its listener says so.
bool needs_consent(const Trip& before, const Trip& after);

// Changes that publishing has rules about: places, times, prices, more seats, vehicle. What an offer was believed when
// it was published is not asked again for a corrected name or fewer seats.
bool changes_offer(const Trip& before, const Trip& after);

}  // namespace safargo::trips
