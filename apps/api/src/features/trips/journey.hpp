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

// The way of a trip that stops so already. Where nothing else is said, a stop at the same place keeps its commune, and
// its time after the departure unless what comes before it takes longer now. On the same way only names are judged,
// those that are new: the rest was believed when it was written.
Result<Journey> replan_journey(const std::vector<Stop>& before, const WantedStops& wanted, Instant departure,
                               const Atlas& atlas);

// The same places, prices, and times after the departure.
bool is_same_way(const std::vector<Stop>& before, const std::vector<Stop>& after);

std::string field_of(std::size_t stop, std::string_view member);  // "stops[1].price"

// The whole way earlier or later.
void shift(std::vector<Stop>& stops, std::chrono::microseconds by);

std::vector<LatLng> positions(const std::vector<Stop>& stops);

}  // namespace safargo::trips
