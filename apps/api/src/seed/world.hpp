// Worlds for benchmarks: up to millions of open trips of fictional drivers, deterministic for seed and start.
#pragma once

#include "seed/seed.hpp"

namespace safargo::seed {

struct WorldOptions {
    std::size_t trips = 10'000;
    std::uint64_t seed = 1;
    Instant start;              // trips leave within 30 days after it
    std::size_t ways = 50'000;  // at most this many, shared by the trips; 0: one per trip, slow to draw
    std::filesystem::path data_dir = "packages/database/data";
};

struct WorldReport {
    std::vector<DemoAccount> accounts;  // the demo's three, for signing in; their ids differ each time
    std::size_t drivers = 0, trips = 0;
};

// Needs the reference data, and a time limit of `database` that allows for an index over all trips (the GiST ones:
// about 0.1 s of CPU per thousand trips). All or nothing, in one transaction, during which trips cannot be read.
// Readers of the trip changes are told to reload. Throws std::runtime_error, changing nothing, if there are trips.
Task<WorldReport> load_world(db::Database& database, WorldOptions options, const geo::RoadGraph& roads,
                             const geo::Gazetteer& gazetteer, Progress progress);

}  // namespace safargo::seed
