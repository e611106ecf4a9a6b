// The way of a trip: where it stops, when, at what price. Pure.
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

// Times are the road's unless a stop says its own. validation_failed naming the fields: a missing price, a first
// price other than 0, times out of order, a way longer than three days, and what cannot be (plausible.hpp).
Result<Journey> plan_journey(const WantedStops& wanted, Instant departure, const Atlas& atlas);

std::string field_of(std::size_t stop, std::string_view member);  // "stops[1].price"

// The whole way earlier or later.
void shift(std::vector<Stop>& stops, std::chrono::microseconds by);

std::vector<LatLng> positions(const std::vector<Stop>& stops);

}  // namespace safargo::trips
