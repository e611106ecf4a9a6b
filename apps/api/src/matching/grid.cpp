#include "matching/grid.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>

namespace safargo::matching {
namespace {

constexpr std::int64_t cells_per_degree = 20;
constexpr std::int64_t columns = 360 * cells_per_degree;
constexpr double degrees_per_radian = 180 / std::numbers::pi;
// The box exceeds the disc by about a centimetre, far more than the error of distance_m.
constexpr double slack_degrees = 1e-7;

std::int64_t row_of(double lat) {
    return static_cast<std::int64_t>(std::floor((lat + 90) * cells_per_degree));
}
std::int64_t column_of(double lng) {  // not wrapped
    return static_cast<std::int64_t>(std::floor((lng + 180) * cells_per_degree));
}
std::int64_t wrap(std::int64_t column) {
    return (column % columns + columns) % columns;
}

}  // namespace

Cell cell_of(LatLng at) {
    return static_cast<Cell>(row_of(at.lat) * columns + wrap(column_of(at.lng)));
}

std::uint32_t row_of(Cell cell) {
    return cell / static_cast<std::uint32_t>(columns);
}

Disc::Disc(LatLng center, double radius_m) : center_(center), radius_m_(radius_m) {
    const double angle = std::min(radius_m / earth_radius_m, std::numbers::pi / 2);
    half_height_ = angle * degrees_per_radian + slack_degrees;
    const double narrowing = std::cos(center.lat / degrees_per_radian);
    const bool holds_pole = std::abs(center.lat) + half_height_ >= 90;
    half_width_ = holds_pole ? 180 : std::asin(std::min(1.0, std::sin(angle) / narrowing)) * degrees_per_radian;
    half_width_ = std::min(180.0, half_width_ + slack_degrees);

    const auto last_row = row_of(std::min(90.0, center.lat + half_height_));
    for (auto row = row_of(std::max(-90.0, center.lat - half_height_)); row <= last_row; ++row) {
        add_row(static_cast<std::uint32_t>(row), column_of(center.lng - half_width_),
                column_of(center.lng + half_width_));
    }
}

void Disc::add_row(std::uint32_t row, std::int64_t first_column, std::int64_t last_column) {
    const auto start = static_cast<Cell>(row * columns);
    if (last_column - first_column + 1 >= columns) {
        ranges_.push_back({start, static_cast<Cell>(start + columns - 1)});
        return;
    }
    const auto first = static_cast<Cell>(start + wrap(first_column));
    const auto last = static_cast<Cell>(start + wrap(last_column));
    if (first <= last) {
        ranges_.push_back({first, last});
    } else {  // across the antimeridian
        ranges_.push_back({start, last});
        ranges_.push_back({first, static_cast<Cell>(start + columns - 1)});
    }
}

bool Disc::in_box(LatLng point) const {
    const double aside = std::abs(point.lng - center_.lng);
    return std::abs(point.lat - center_.lat) <= half_height_ && (aside <= half_width_ || 360 - aside <= half_width_);
}

double Disc::distance_to(LatLng point) {
    const auto hash = std::bit_cast<std::uint64_t>(point.lat) * 0x9E3779B97F4A7C15u +
                      std::bit_cast<std::uint64_t>(point.lng) * 0xC2B2AE3D27D4EB4Fu;
    Known& known = known_[(hash ^ (hash >> 29)) * 0xBF58476D1CE4E5B9u >> (64 - known_bits)];
    if (known.point != point) known = {point, distance_m(center_, point)};
    return known.metres;
}

}  // namespace safargo::matching
