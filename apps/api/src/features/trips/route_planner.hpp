// The road between stops, as trips ask for it.
#pragma once

#include "geo/road_graph.hpp"

#include <span>

namespace safargo::trips {

using RoutePlan = geo::Route;

class RoutePlanner {
public:
    virtual ~RoutePlanner() = default;
    // Two stops or more; one leg between each two neighbours. In memory: may be called inside a transaction.
    virtual RoutePlan plan(std::span<const LatLng> stops) const = 0;
};

}  // namespace safargo::trips
