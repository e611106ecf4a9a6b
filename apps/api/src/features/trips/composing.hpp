// Turns a driver's request into a trip, and applies changes to one. Pure.
#pragma once

#include "features/trips/journey.hpp"
#include "features/vehicles/types.hpp"

namespace safargo::trips {

// A draft with every seat free.
Result<Trip> compose_trip(const CreateTrip& wanted, const vehicles::Vehicle& vehicle, const Atlas& atlas, Instant now);

// The trip with the changes applied. `vehicle` is the one it would use; none: its current one, whether that still
// exists or not.
Result<Trip> edited_trip(const Trip& before, const EditTrip& changes, const std::optional<vehicles::Vehicle>& vehicle,
                         const Atlas& atlas);

// Changes that passengers would have to agree to whatever they booked: where it stops, prices, vehicle, women only. How
// far the times may move depends on each booking; the listener of bookings decides.
bool needs_consent(const Trip& before, const Trip& after);

// Changes that the rules of publishing cover: places, times, prices, more seats, vehicle. A corrected name or fewer
// seats do not repeat the checks made when the offer was published.
bool changes_offer(const Trip& before, const Trip& after);

}  // namespace safargo::trips
