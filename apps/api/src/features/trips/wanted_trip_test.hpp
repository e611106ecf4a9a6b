// For the tests of this folder: requests as a client would write them, and a road that needs no map.
#pragma once

#include "contract/json.hpp"
#include "features/trips/requests.hpp"
#include "features/trips/route_planner.hpp"

#include <fmt/format.h>

#include <cmath>
#include <string>
#include <string_view>

namespace safargo::trips {

// 1.2 times the straight line at 72 km/h.
class StraightRoads final : public RoutePlanner {
public:
    RoutePlan plan(std::span<const LatLng> stops) const override {
        RoutePlan plan;
        for (std::size_t i = 1; i < stops.size(); ++i) {
            const auto metres = std::llround(1.2 * distance_m(stops[i - 1], stops[i]));
            plan.legs.push_back({metres, metres / 20});
            plan.distance_m += metres;
            plan.duration_s += metres / 20;
        }
        plan.polyline = "straight";
        return plan;
    }
};

inline constexpr std::string_view alger_chlef_oran = R"([
    {"lat": 36.7538, "lng": 3.0588, "label": "Alger"},
    {"lat": 36.1652, "lng": 1.3345, "label": "Chlef", "price": 700},
    {"lat": 35.6971, "lng": -0.6308, "label": "Oran", "price": 1500}])";

// Every other field by `more`: ", \"publish\": true".
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
