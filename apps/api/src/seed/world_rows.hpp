// Inserts a world's rows, one COPY per table.
#pragma once

#include "db/transaction.hpp"
#include "seed/seed.hpp"
#include "seed/world_trips.hpp"

#include <span>

namespace safargo::seed {

// Users, drivers and vehicles.
Task<void> copy_drivers(db::Transaction& tx, std::span<const DemoDriver> drivers, Progress progress);

// Copies all trips from `trips`; returns how many there were. `count` is the expected number.
Task<std::size_t> copy_trips(db::Transaction& tx, WorldTrips& trips, std::size_t count, Progress progress);

}  // namespace safargo::seed
