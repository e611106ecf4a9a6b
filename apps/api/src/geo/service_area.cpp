#include "geo/service_area.hpp"

#include <array>
#include <cstddef>

namespace safargo::geo {
namespace {

// A hand-drawn outline of Algeria, within 15 km of the real border and off the coast. Clockwise, starting at the
// Tunisian border on the sea.
constexpr auto outline = std::to_array<LatLng>({
    // clang-format off
    {37.15, 8.75}, {36.95, 8.63}, {36.45, 8.40}, {35.80, 8.30}, {35.20, 8.35}, {34.65, 8.27}, {34.10, 7.62},
    {33.40, 7.80}, {33.10, 7.95}, {32.75, 8.30}, {32.50, 8.40}, {32.10, 9.05}, {31.50, 9.20}, {30.23, 9.55},
    {29.00, 9.88}, {27.80, 9.95}, {26.80, 9.90}, {26.60, 9.90}, {26.30, 9.60}, {25.30, 10.05}, {24.85, 10.05},
    {24.55, 10.45}, {24.50, 11.10}, {24.20, 11.65}, {23.52, 11.99}, {20.90, 7.50}, {19.45, 5.85}, {19.10, 4.20},
    {18.97, 3.30}, {19.25, 3.20}, {19.70, 3.25}, {19.85, 2.90}, {20.25, 2.15}, {20.30, 1.75}, {20.70, 1.60},
    {21.10, 1.17}, {22.60, -1.10}, {25.00, -4.83}, {27.29, -8.67}, {28.75, -8.67}, {29.40, -7.50}, {29.60, -6.70},
    {29.55, -5.75}, {29.90, -5.30}, {30.10, -4.60}, {30.60, -4.35}, {30.65, -3.65}, {31.05, -3.55}, {31.30, -3.75},
    {31.70, -3.55}, {31.80, -2.85}, {32.10, -2.90}, {32.15, -1.40}, {32.15, -1.20}, {32.40, -1.25}, {32.60, -1.15},
    {32.85, -1.40}, {33.00, -1.55}, {33.70, -1.68}, {34.10, -1.75}, {34.60, -1.80}, {34.90, -1.95}, {35.10, -2.22},
    {35.35, -2.20}, {36.00, -1.00}, {36.70, 1.00}, {37.10, 3.50}, {37.10, 5.50}, {37.25, 7.30},
    // clang-format on
});

// Whether a ray from the point to the east crosses the outline an odd number of times. Planar in latitude and
// longitude: the outline has short sides and crosses no pole or date line.
bool is_inside_outline(LatLng point) {
    bool inside = false;
    LatLng before = outline.back();
    for (const LatLng corner : outline) {
        const bool crosses = (corner.lat > point.lat) != (before.lat > point.lat);
        if (crosses &&
            point.lng < (before.lng - corner.lng) * (point.lat - corner.lat) / (before.lat - corner.lat) + corner.lng) {
            inside = !inside;
        }
        before = corner;
    }
    return inside;
}

}  // namespace

bool ServiceArea::contains(LatLng point) const {
    return is_inside_outline(point) || roads_.off_road_m(point) <= beside_roads_m;
}

}  // namespace safargo::geo
