// The route of a trip: where it stops, when, at what price. Pure.
#pragma once

#include "core/result.hpp"
#include "features/trips/atlas.hpp"
#include "features/trips/requests.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace safargo::trips {

struct Journey {
    std::vector<Stop> stops;
    std::int64_t distance_m = 0;
    std::int64_t duration_s = 0;  // from the first stop to the last, pauses included
    std::string polyline;
};

// Times follow from the road unless a stop gives its own. validation_failed naming the fields: a missing price, a first
// price other than 0, times out of order, a route longer than three days, and implausible values (plausible.hpp).
Result<Journey> plan_journey(const WantedStops& wanted, Instant departure, const Atlas& atlas);

// The route of an existing trip, edited. By default a stop at the same place keeps its commune, and its time after the
// departure unless the route before it now takes longer. On an unchanged route only new names are checked: the rest was
// checked when it was written.
Result<Journey> replan_journey(const std::vector<Stop>& before, const WantedStops& wanted, Instant departure,
                               const Atlas& atlas);

// The same places, prices, and times after the departure.
bool is_same_way(const std::vector<Stop>& before, const std::vector<Stop>& after);

std::string field_of(std::size_t stop, std::string_view member);  // "stops[1].price"

// Moves the whole route earlier or later.
void shift(std::vector<Stop>& stops, std::chrono::microseconds by);

std::vector<LatLng> positions(const std::vector<Stop>& stops);

}  // namespace safargo::trips
