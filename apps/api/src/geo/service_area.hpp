// Where trips may stop: Algeria, and 50 km around its roads (PRODUCT section 3).
#pragma once

#include "core/lat_lng.hpp"
#include "geo/road_graph.hpp"

namespace safargo::geo {

inline constexpr double beside_roads_m = 50'000;

class ServiceArea {
public:
    // The roads must outlive the area.
    explicit ServiceArea(const RoadGraph& roads) : roads_(roads) {}

    bool contains(LatLng point) const;

private:
    const RoadGraph& roads_;
};

}  // namespace safargo::geo
