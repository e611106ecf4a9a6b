// The map of the country, as trips use it. In memory, so it may be queried inside a transaction.
#pragma once

#include "geo/road_graph.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace safargo::trips {

using RoutePlan = geo::Route;

class Atlas {
public:
    virtual ~Atlas() = default;
    // Two stops or more; one leg between each pair of neighbouring stops.
    virtual RoutePlan plan(std::span<const LatLng> stops) const = 0;
    virtual geo::DirectRoads direct_roads(std::span<const LatLng> stops) const = 0;

    virtual bool serves(LatLng point) const = 0;
    // Metres from the point to the nearest town of exactly this name; nullopt if there is none.
    virtual std::optional<double> town_distance_m(std::string_view name, LatLng point) const = 0;
};

}  // namespace safargo::trips
