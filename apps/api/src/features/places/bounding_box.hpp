// A rectangle of degrees on the map. Algeria is far from the date line, so it never wraps.
#pragma once

#include "core/lat_lng.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace safargo::places {

struct BoundingBox {
    LatLng south_west{-90, -180};
    LatLng north_east{90, 180};

    static Checked<BoundingBox> parse(std::string_view text);  // "south,west,north,east"
    // Holds every point within that distance on the sphere, and some more.
    static BoundingBox around(LatLng centre, double radius_m);

    std::string str() const;
    bool operator==(const BoundingBox&) const = default;
};

std::optional<BoundingBox> intersection(const BoundingBox& a, const BoundingBox& b);  // nullopt: they do not intersect

}  // namespace safargo::places
