// Which routes through Algeria are plausible (PRODUCT section 3, "Plausible"). Pure.
#pragma once

#include "core/error.hpp"
#include "features/trips/atlas.hpp"
#include "features/trips/types.hpp"

#include <span>
#include <string>
#include <vector>

namespace safargo::trips {

// A name refers to places within this distance of a town's or commune's centre.
inline constexpr double name_reach_m = 30'000;
// A route that has gone farther than this from a stop does not come back this near.
inline constexpr double turning_back_m = 5'000;

// Every implausible field: stops outside the service area, labels that are another town's name, stops near an earlier
// one after a farther one, and times that the road does not allow. `road` has the legs between the stops.
std::vector<FieldError> find_implausible(std::span<const Stop> stops, std::span<const geo::Leg> road,
                                         const Atlas& atlas);

// Labels that are the name of another town, for stops whose label is new or has changed.
std::vector<FieldError> find_new_misnomers(std::span<const Stop> before, std::span<const Stop> stops,
                                           const Atlas& atlas);

// Kilometres for a message, never less than the distance.
std::string spell_km(double metres);

}  // namespace safargo::trips
