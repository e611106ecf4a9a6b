// The open trips of a benchmark world, one at a time: a world of millions is never in memory as a whole.
#pragma once

#include "seed/trip_generator.hpp"

#include <cstddef>
#include <optional>

namespace safargo::seed {

class WorldTrips {
public:
    static constexpr int days = 30;

    // `generator` must outlive it.
    WorldTrips(const TripGenerator& generator, Instant start, std::size_t count);

    // Day by day, all after `start` and at most 30 days later, more on busy days. nullopt after the last of `count`, or
    // earlier if all drivers of the last day are busy.
    std::optional<trips::Trip> next();

private:
    bool open_day();
    std::optional<trips::Trip> draw();

    const TripGenerator& generator_;
    Instant start_;
    std::size_t left_;  // still to generate
    int day_ = -1;
    std::size_t number_ = 0, last_number_ = 0;  // of the day's draws
    std::optional<DayRoster> roster_;
};

// For the generator, with ids of people who joined over several years: a GiST index distinguishes uuids by their first
// seven bytes, and ids of one moment would make the overlap index inefficient.
std::vector<DemoDriver> make_world_drivers(std::uint64_t seed, std::size_t trips, const geo::Gazetteer& gazetteer);

}  // namespace safargo::seed
