#include "geo/polyline.hpp"

#include <cmath>
#include <cstdint>

namespace safargo::geo {
namespace {

constexpr double steps_per_degree = 1e5;
constexpr unsigned chunk_bits = 5;
constexpr unsigned continues = 0x20;
constexpr char first_symbol = '?';  // 63: chunks 0..63 become the characters 63..126
// The widest step, 360 degrees, takes 27 bits with its sign.
constexpr unsigned widest_shift = 25;

void append_step(std::string& out, std::int64_t step) {
    auto bits = static_cast<std::uint64_t>(step < 0 ? ~(step * 2) : step * 2);
    for (; bits >= continues; bits >>= chunk_bits)
        out.push_back(static_cast<char>(first_symbol + (continues | (bits & (continues - 1)))));
    out.push_back(static_cast<char>(first_symbol + bits));
}

std::optional<std::int64_t> take_step(std::string_view& text) {
    std::int64_t bits = 0;
    for (unsigned shift = 0; shift <= widest_shift && !text.empty(); shift += chunk_bits) {
        const int chunk = text.front() - first_symbol;
        if (chunk < 0 || chunk > 63) return std::nullopt;
        text.remove_prefix(1);
        bits |= static_cast<std::int64_t>(chunk & (continues - 1)) << shift;
        if ((static_cast<unsigned>(chunk) & continues) == 0) return bits & 1 ? ~(bits >> 1) : bits >> 1;
    }
    return std::nullopt;
}

}  // namespace

std::string encode_polyline(std::span<const LatLng> points) {
    std::string out;
    std::int64_t last_lat = 0, last_lng = 0;
    for (const LatLng point : points) {
        const std::int64_t lat = std::llround(point.lat * steps_per_degree);
        const std::int64_t lng = std::llround(point.lng * steps_per_degree);
        append_step(out, lat - last_lat);
        append_step(out, lng - last_lng);
        last_lat = lat;
        last_lng = lng;
    }
    return out;
}

std::optional<std::vector<LatLng>> decode_polyline(std::string_view text) {
    std::vector<LatLng> points;
    std::int64_t lat = 0, lng = 0;
    while (!text.empty()) {
        const auto north = take_step(text);
        const auto east = take_step(text);
        if (!north || !east) return std::nullopt;
        lat += *north;
        lng += *east;
        const auto point =
            LatLng::from(static_cast<double>(lat) / steps_per_degree, static_cast<double>(lng) / steps_per_degree);
        if (!point) return std::nullopt;
        points.push_back(*point);
    }
    return points;
}

}  // namespace safargo::geo
