// Worlds for benchmarks: up to millions of open trips of made-up drivers, the same for the same seed and start.
#pragma once

#include "seed/seed.hpp"

namespace safargo::seed {

struct WorldOptions {
    std::size_t trips = 10'000;
    std::uint64_t seed = 1;
    Instant start;              // trips leave in the 30 days after it
    std::size_t ways = 50'000;  // at most so many, shared by the trips; 0: each has its own, which takes long to draw
    std::filesystem::path data_dir = "packages/database/data";
};

struct WorldReport {
    std::vector<DemoAccount> accounts;  // the demo's three, to sign in with; their ids are new each time
    std::size_t drivers = 0, trips = 0;
};

// Needs the reference data, and of `database` a time limit that allows for an index over all trips (the GiST ones:
// about 0.1 s of CPU per thousand trips). All or nothing, in one transaction, during which nobody else reads trips.
// Whoever follows the trips' changes is told to read them anew. Throws std::runtime_error, touching nothing, if there
// are trips already.
Task<WorldReport> load_world(db::Database& database, WorldOptions options, const geo::RoadGraph& roads,
                             const geo::Gazetteer& gazetteer, Progress progress);

}  // namespace safargo::seed
