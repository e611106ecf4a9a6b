// The embedded roads, borders and names, through the interface that trips use.
#pragma once

#include "features/trips/atlas.hpp"
#include "geo/service_area.hpp"
#include "geo/town_names.hpp"

namespace safargo::app {

class EmbeddedAtlas final : public trips::Atlas {
public:
    EmbeddedAtlas(const geo::RoadGraph& roads, const geo::GazetteerData& names)
        : roads_(roads), area_(roads), towns_(names) {}

    trips::RoutePlan plan(std::span<const LatLng> stops) const override { return roads_.route(stops); }
    geo::DirectRoads direct_roads(std::span<const LatLng> stops) const override { return roads_.direct_roads(stops); }
    bool serves(LatLng point) const override { return area_.contains(point); }
    std::optional<double> town_distance_m(std::string_view name, LatLng point) const override {
        return towns_.nearest_m(name, point);
    }

private:
    const geo::RoadGraph& roads_;
    geo::ServiceArea area_;
    geo::TownNames towns_;
};

}  // namespace safargo::app
