// For the tests of this folder: requests as a client would write them, and a road that needs no map.
#pragma once

#include "contract/json.hpp"
#include "features/trips/atlas.hpp"
#include "features/trips/requests.hpp"

#include <fmt/format.h>

#include <cmath>
#include <string>
#include <string_view>

namespace safargo::trips {

// Roads 1.2 times as long as the straight line at 72 km/h, in a square Algeria with three towns.
class StraightRoads : public Atlas {
public:
    RoutePlan plan(std::span<const LatLng> stops) const override {
        RoutePlan plan;
        for (std::size_t i = 1; i < stops.size(); ++i) {
            plan.legs.push_back(leg(stops[i - 1], stops[i]));
            plan.distance_m += plan.legs.back().distance_m;
            plan.duration_s += plan.legs.back().duration_s;
        }
        plan.polyline = "straight";
        return plan;
    }
    geo::DirectRoads direct_roads(std::span<const LatLng> stops) const override {
        geo::DirectRoads roads(stops.size());
        for (std::size_t from = 0; from < stops.size(); ++from) {
            for (std::size_t to = from + 1; to < stops.size(); ++to)
                roads.between(from, to) = leg(stops[from], stops[to]);
        }
        return roads;
    }
    bool serves(LatLng point) const override {
        return 19 <= point.lat && point.lat <= 37.5 && -9 <= point.lng && point.lng <= 12;
    }
    std::optional<double> town_distance_m(std::string_view name, LatLng point) const override {
        if (name == "Alger") return distance_m(point, {36.7538, 3.0588});
        if (name == "Chlef") return distance_m(point, {36.1652, 1.3345});
        if (name == "Oran") return distance_m(point, {35.6971, -0.6308});
        return std::nullopt;
    }

private:
    static geo::Leg leg(LatLng from, LatLng to) {
        const auto metres = std::llround(1.2 * distance_m(from, to));
        return {metres, metres / 20};
    }
};

inline constexpr std::string_view alger_chlef_oran = R"([
    {"lat": 36.7538, "lng": 3.0588, "label": "Alger"},
    {"lat": 36.1652, "lng": 1.3345, "label": "Chlef", "price": 700},
    {"lat": 35.6971, "lng": -0.6308, "label": "Oran", "price": 1500}])";

// All other fields through `more`: ", \"publish\": true".
inline std::string trip_json(VehicleId vehicle, Instant departure, std::string_view more = {},
                             std::string_view stops = alger_chlef_oran, int seats = 3) {
    return fmt::format(
        R"({{"vehicle_id": "{}", "departure_at": "{}", "seats": {}, "booking_mode": "instant", "stops": {}{}}})",
        vehicle.str(), format_instant(departure), seats, stops, more);
}

inline CreateTrip wanted_trip(const std::string& json) {
    return contract::parse_json<CreateTrip>(json).value();
}

inline EditTrip wanted_edit(std::string_view json) {
    return contract::parse_json<EditTrip>(json).value();
}

}  // namespace safargo::trips
