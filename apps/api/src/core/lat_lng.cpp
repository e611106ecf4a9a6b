#include "core/lat_lng.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <numbers>
#include <optional>

namespace safargo {
namespace {

constexpr double radians_per_degree = std::numbers::pi / 180;

std::optional<double> parse_degrees(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

// The smallest double has 1,074 decimals; its shortest text that reads back exactly needs 324.
void append_degrees(std::string& text, double degrees) {
    std::array<char, 400> digits;
    const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), degrees, std::chars_format::fixed);
    text.append(digits.data(), written.ptr);
}

}  // namespace

Checked<LatLng> LatLng::from(double lat, double lng) {
    if (!std::isfinite(lat) || std::abs(lat) > 90) return refuse(Rule::out_of_range, "-90", "90");
    if (!std::isfinite(lng) || std::abs(lng) > 180) return refuse(Rule::out_of_range, "-180", "180");
    return LatLng{lat, lng};
}

Checked<LatLng> LatLng::parse(std::string_view text) {
    const auto comma = text.find(',');
    if (comma == std::string_view::npos) return refuse(Rule::bad_format, "lat,lng");
    const auto lat = parse_degrees(text.substr(0, comma));
    const auto lng = parse_degrees(text.substr(comma + 1));
    if (!lat || !lng) return refuse(Rule::bad_format, "lat,lng");
    return from(*lat, *lng);
}

std::string LatLng::str() const {
    std::string text;
    append_degrees(text, lat);
    text += ',';
    append_degrees(text, lng);
    return text;
}

double distance_m(LatLng a, LatLng b) {
    const double lat_a = a.lat * radians_per_degree;
    const double lat_b = b.lat * radians_per_degree;
    const double half_lat = std::sin((lat_b - lat_a) / 2);
    const double half_lng = std::sin((b.lng - a.lng) * radians_per_degree / 2);
    const double h = half_lat * half_lat + std::cos(lat_a) * std::cos(lat_b) * half_lng * half_lng;
    return 2 * earth_radius_m * std::asin(std::sqrt(std::min(1.0, h)));
}

}  // namespace safargo
