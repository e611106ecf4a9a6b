// The embedded road graph as trips ask for it.
#pragma once

#include "features/trips/route_planner.hpp"
#include "geo/road_graph.hpp"

namespace safargo::app {

class RoadPlanner final : public trips::RoutePlanner {
public:
    explicit RoadPlanner(const geo::RoadGraph& roads) : roads_(roads) {}
    trips::RoutePlan plan(std::span<const LatLng> stops) const override { return roads_.route(stops); }

private:
    const geo::RoadGraph& roads_;
};

}  // namespace safargo::app
