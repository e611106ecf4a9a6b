// Google's encoded polyline, precision 5: positions in steps of 0.00001 degree (about 1 m) as printable ASCII.
#pragma once

#include "core/lat_lng.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::geo {

std::string encode_polyline(std::span<const LatLng> points);
std::optional<std::vector<LatLng>> decode_polyline(std::string_view text);  // nullopt if cut, invalid or off the globe

}  // namespace safargo::geo
