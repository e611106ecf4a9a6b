#include "features/places/bounding_box.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace safargo::places {
namespace {

constexpr std::string_view form = "south,west,north,east";
constexpr double degrees_per_radian = 180 / std::numbers::pi;

// More than the rounding errors of box and distance.
constexpr double slack_degrees = 1e-6;

}  // namespace

Checked<BoundingBox> BoundingBox::parse(std::string_view text) {
    const std::size_t first = text.find(',');
    const std::size_t second = first == text.npos ? text.npos : text.find(',', first + 1);
    if (second == text.npos) return refuse(Rule::bad_format, std::string(form));
    const auto south_west = LatLng::parse(text.substr(0, second));
    const auto north_east = LatLng::parse(text.substr(second + 1));
    for (const auto* corner : {&south_west, &north_east}) {
        if (*corner) continue;
        if (corner->error().rule == Rule::bad_format) return refuse(Rule::bad_format, std::string(form));
        return std::unexpected(corner->error());
    }
    if (south_west->lat > north_east->lat || south_west->lng > north_east->lng) return refuse(Rule::out_of_order);
    return BoundingBox{*south_west, *north_east};
}

BoundingBox BoundingBox::around(LatLng centre, double radius_m) {
    const double angle = radius_m / earth_radius_m;
    const double tall = angle * degrees_per_radian + slack_degrees;
    const double south = centre.lat - tall, north = centre.lat + tall;
    // Where the circle reaches a pole, it meets every meridian.
    double wide = 360;
    if (south > -90 && north < 90)
        wide =
            std::asin(std::sin(angle) / std::cos(centre.lat / degrees_per_radian)) * degrees_per_radian + slack_degrees;
    const bool wraps = centre.lng - wide < -180 || centre.lng + wide > 180;
    return {{std::max(south, -90.0), wraps ? -180 : centre.lng - wide},
            {std::min(north, 90.0), wraps ? 180 : centre.lng + wide}};
}

std::string BoundingBox::str() const {
    return south_west.str() + ',' + north_east.str();
}

std::optional<BoundingBox> intersection(const BoundingBox& a, const BoundingBox& b) {
    const BoundingBox both{
        {std::max(a.south_west.lat, b.south_west.lat), std::max(a.south_west.lng, b.south_west.lng)},
        {std::min(a.north_east.lat, b.north_east.lat), std::min(a.north_east.lng, b.north_east.lng)}};
    if (both.south_west.lat > both.north_east.lat || both.south_west.lng > both.north_east.lng) return std::nullopt;
    return both;
}

}  // namespace safargo::places
