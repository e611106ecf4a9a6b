// WGS 84 positions in degrees, and distances on the sphere in metres.
#pragma once

#include "core/result.hpp"

#include <string>
#include <string_view>

namespace safargo {

// Mean radius of the WGS 84 ellipsoid, (2a + b) / 3: the sphere that PostGIS geography uses, so that both agree.
inline constexpr double earth_radius_m = 6'371'008.771415;

struct LatLng {
    double lat = 0;
    double lng = 0;

    static Checked<LatLng> from(double lat, double lng);  // finite, |lat| <= 90, |lng| <= 180
    static Checked<LatLng> parse(std::string_view text);  // "36.7538,3.0588", as in a query
    std::string str() const;  // parse reads back the same position, so never with an exponent
    auto operator<=>(const LatLng&) const = default;
};

// One coordinate of a request: finite and within -Limit..Limit.
template <int Limit>
class Degrees {
public:
    static constexpr int limit = Limit;

    static Checked<Degrees> from(double degrees) {
        // Written so that NaN is refused as well.
        if (!(-Limit <= degrees && degrees <= Limit))
            return refuse(Rule::out_of_range, std::to_string(-Limit), std::to_string(Limit));
        Degrees checked;
        checked.value_ = degrees;
        return checked;
    }
    double value() const { return value_; }
    auto operator<=>(const Degrees&) const = default;

private:
    double value_ = 0;
};

using Latitude = Degrees<90>;
using Longitude = Degrees<180>;

double distance_m(LatLng a, LatLng b);  // haversine

}  // namespace safargo
