// A million open trips over thirty days from a gravity model, and searches from the same model. `jitter` 0: drivers
// meet at town centres, so routes are shared; 1: each driver has a point of their own.
#include "matching/trip_index.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>

namespace safargo::matching {
namespace {

using namespace std::chrono_literals;

constexpr int trips = 1'000'000;
constexpr int days = 30;
constexpr int towns = 1'500;

Instant start() {
    return parse_instant("2026-12-01T00:00:00Z").value() - algiers_offset;
}

class Country {
public:
    Country() {
        std::vector<double> weights;
        for (int k = 0; k < towns; ++k) {  // nine in ten in the north, sizes by Zipf's law
            const bool north = uniform(0, 1) < 0.9;
            towns_.push_back(north ? LatLng{uniform(34.8, 36.9), uniform(-1.8, 8.3)}
                                   : LatLng{uniform(25, 34.8), uniform(-4, 9)});
            weights.push_back(1.0 / (k + 3));
        }
        by_size_ = std::discrete_distribution<std::size_t>(weights.begin(), weights.end());
    }

    std::pair<std::size_t, std::size_t> ends() {  // less often the further apart
        while (true) {
            const auto from = by_size_(random_);
            const auto to = by_size_(random_);
            const double km = distance_m(towns_[from], towns_[to]) / 1000;
            if (km > 20 && uniform(0, 1) < std::pow(std::min(1.0, 60 / km), 1.5)) return {from, to};
        }
    }
    LatLng near_town(std::size_t town, double degrees) {
        return {towns_[town].lat + uniform(-degrees, degrees), towns_[town].lng + uniform(-degrees, degrees)};
    }

    TripRow trip(bool jitter) {
        const auto [from, to] = ends();
        std::vector<std::size_t> route{from, to};
        if ((from * 31 + to) % 10 < 4) route.insert(route.begin() + 1, via(from, to));  // same for the whole road
        TripRow row;
        row.version = 1;
        const auto number = next_++;
        row.id.value.bytes = {static_cast<std::uint8_t>(number >> 16), static_cast<std::uint8_t>(number >> 8),
                              static_cast<std::uint8_t>(number)};
        row.driver_rank.rating = static_cast<float>(uniform(3, 5));
        Instant time = start() + std::chrono::minutes(static_cast<int>(uniform(0, days)) * 1'440 +
                                                      static_cast<int>(uniform(300, 1'320)));
        std::int64_t price = 0;
        for (std::size_t k = 0; k < route.size(); ++k) {
            if (k > 0) {
                const double km = distance_m(towns_[route[k - 1]], towns_[route[k]]) / 1000;
                time += std::chrono::minutes(static_cast<int>(km));
                price += static_cast<std::int64_t>(km * 3.5);
                row.leg_seats.push_back(static_cast<std::uint8_t>(uniform(1, 5)));
            }
            row.stops.push_back({jitter ? near_town(route[k], 0.05) : towns_[route[k]], time, {price}});
        }
        return row;
    }

    Query query() {
        const auto [from, to] = ends();
        const Instant day = start() + static_cast<int>(uniform(0, days)) * 24h;
        return {.from = near_town(from, 0.03), .to = near_town(to, 0.03), .begin = day, .end = day + 24h};
    }

private:
    double uniform(double least, double most) { return std::uniform_real_distribution(least, most)(random_); }

    std::size_t via(std::size_t from, std::size_t to) {  // of twenty towns the nearest to the middle
        const LatLng middle{(towns_[from].lat + towns_[to].lat) / 2, (towns_[from].lng + towns_[to].lng) / 2};
        std::size_t best = 0;
        for (std::size_t k = 0; k < 20; ++k) {
            const auto town = (from * 7 + to * 13 + k * 61) % towns;
            if (distance_m(towns_[town], middle) < distance_m(towns_[best], middle)) best = town;
        }
        return best;
    }

    std::mt19937_64 random_{1};
    std::vector<LatLng> towns_;
    std::discrete_distribution<std::size_t> by_size_;
    std::uint32_t next_ = 0;
};

struct World {
    explicit World(bool jitter) {
        for (int k = 0; k < trips; ++k) {
            index.apply(country.trip(jitter));
            if (k % 10'000 == 0) index.publish();
        }
        index.publish();
        for (int k = 0; k < 4'096; ++k) queries.push_back(country.query());
    }
    Country country;
    TripIndex index;
    std::vector<Query> queries;
};

World& world(bool jitter) {
    static std::map<bool, World> worlds;
    return worlds.try_emplace(jitter, jitter).first->second;
}

void one_day(benchmark::State& state) {
    World& at = world(state.range(0) != 0);
    std::size_t matches = 0;
    std::size_t searches = 0;
    for (auto _ : state) matches += at.index.search(at.queries[searches++ % at.queries.size()]).total;
    const IndexStats stats = at.index.stats();
    const auto count = static_cast<double>(stats.trips);
    state.counters["matches"] = static_cast<double>(matches) / static_cast<double>(searches);
    state.counters["bytes_per_trip"] = static_cast<double>(stats.trip_bytes) / count;
    state.counters["route_MB"] = static_cast<double>(stats.route_bytes) / 1e6;
    state.counters["routes"] = static_cast<double>(stats.routes);
    state.counters["shards"] = static_cast<double>(stats.shards);
}
BENCHMARK(one_day)->ArgName("jitter")->Arg(0)->Arg(1)->Unit(benchmark::kMicrosecond);

void thirty_days(benchmark::State& state) {
    World& at = world(state.range(0) != 0);
    std::size_t searches = 0;
    for (auto _ : state) {
        Query query = at.queries[searches++ % at.queries.size()];
        query.begin = start();
        query.end = start() + days * 24h;
        benchmark::DoNotOptimize(at.index.search(query));
    }
}
BENCHMARK(thirty_days)->ArgName("jitter")->Arg(0)->Arg(1)->Unit(benchmark::kMicrosecond);

void publish_one_change(benchmark::State& state) {
    World& at = world(state.range(0) != 0);
    std::int64_t version = 1;
    for (auto _ : state) {
        state.PauseTiming();
        TripRow row = at.country.trip(state.range(0) != 0);
        row.version = ++version;
        state.ResumeTiming();
        at.index.apply(row);
        at.index.publish();
    }
}
BENCHMARK(publish_one_change)->ArgName("jitter")->Arg(0)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace safargo::matching
