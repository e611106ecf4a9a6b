// A world's rows on their way into the database, each table in one COPY.
#pragma once

#include "db/transaction.hpp"
#include "seed/seed.hpp"
#include "seed/world_trips.hpp"

#include <span>

namespace safargo::seed {

// Users, drivers and vehicles.
Task<void> copy_drivers(db::Transaction& tx, std::span<const DemoDriver> drivers, Progress progress);

// All that `trips` makes; how many there were. `count`: how many it should make.
Task<std::size_t> copy_trips(db::Transaction& tx, WorldTrips& trips, std::size_t count, Progress progress);

}  // namespace safargo::seed
