// The cost of finding the cells of a disc (docs/adr/0009-grid.md): the first step of every search, done twice. Discs as
// in real queries: northern towns, radius in km.
#include "matching/grid.hpp"

#include <benchmark/benchmark.h>

#include <cmath>
#include <numbers>

namespace safargo::matching {
namespace {

LatLng town(std::int64_t number) {
    const auto step = static_cast<double>(number % 97) / 97;
    return {35.2 + step * 1.6, -0.6 + step * 8};
}

// Ratio of the area of the cells to that of the disc: the reading a search does in vain.
void count_area(benchmark::State& state, double covered_km2) {
    const auto radius_km = static_cast<double>(state.range(0));
    state.counters["areas"] = covered_km2 / (std::numbers::pi * radius_km * radius_km);
}

double area_km2(std::span<const CellRange> ranges, double lat) {
    const double cell = 111.2 / 20 * (111.2 / 20 * std::cos(lat * std::numbers::pi / 180));
    double area = 0;
    for (const CellRange& range : ranges) area += cell * (range.last - range.first + 1);
    return area;
}

void cover_with_grid(benchmark::State& state) {
    const double radius_m = static_cast<double>(state.range(0)) * 1'000;
    std::int64_t number = 0;
    for (auto _ : state) {
        const Disc disc(town(++number), radius_m);
        benchmark::DoNotOptimize(disc.ranges().data());
    }
    count_area(state, area_km2(Disc(town(1), radius_m).ranges(), town(1).lat));
}
BENCHMARK(cover_with_grid)->Arg(5)->Arg(20)->Arg(100);

}  // namespace
}  // namespace safargo::matching
