// A fixed grid of a twentieth of a degree (5.6 km north to south). Its rows are runs of consecutive cell numbers, so
// the cells of a disc are a few ranges found by arithmetic; an S2 covering of the disc would cost more than a search.
#pragma once

#include "core/lat_lng.hpp"

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace safargo::matching {

using Cell = std::uint32_t;

Cell cell_of(LatLng at);
std::uint32_t row_of(Cell cell);  // index of its parallel: cells of a row are consecutive

struct CellRange {
    Cell first = 0;
    Cell last = 0;  // inclusive
};

// The points within a radius of a centre, for a single search.
class Disc {
public:
    Disc(LatLng center, double radius_m);

    std::span<const CellRange> ranges() const { return ranges_; }  // together they contain every point of the disc

    // Metres from the centre to the point, nothing if beyond the radius. Not thread-safe.
    std::optional<double> reach(LatLng point) {
        if (!in_box(point)) return std::nullopt;
        const double metres = distance_to(point);
        if (metres > radius_m_) return std::nullopt;
        return metres;
    }

private:
    bool in_box(LatLng point) const;
    double distance_to(LatLng point);
    void add_row(std::uint32_t row, std::int64_t first_column, std::int64_t last_column);

    // Many trips stop at the same points: caches recent distances by a hash of the point.
    struct Known {
        LatLng point{std::numeric_limits<double>::quiet_NaN(), 0};
        double metres = 0;
    };
    static constexpr std::size_t known_bits = 7;

    LatLng center_;
    double radius_m_;
    double half_height_ = 0;  // degrees
    double half_width_ = 0;   // degrees, 180 if the disc contains a pole
    std::vector<CellRange> ranges_;
    std::array<Known, std::size_t{1} << known_bits> known_{};
};

}  // namespace safargo::matching
