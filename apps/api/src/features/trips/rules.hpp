// The numbers of PRODUCT section 3 that an operator may set.
#pragma once

#include <chrono>
#include <optional>

namespace safargo::trips {

struct TripRules {
    int trips_per_day = 4;
    // Including those cancelled since; empty: any number.
    std::optional<int> publications_per_day{};
    bool kyc_required = false;
    // How long before departure a trip may start; empty: any time.
    std::optional<std::chrono::seconds> start_window = std::chrono::hours{2};
};

inline constexpr std::chrono::days furthest_departure{90};
inline constexpr std::chrono::days longest_trip{3};
inline constexpr std::chrono::hours overdue_after{12};  // the planned arrival
inline constexpr double closest_stops_m = 200;

}  // namespace safargo::trips
