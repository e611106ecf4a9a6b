// Inserts the demo's rows. Calls can be repeated and add only what is missing.
#pragma once

#include "db/database.hpp"
#include "seed/demo_driver.hpp"
#include "seed/seed.hpp"
#include "seed/trip_generator.hpp"

#include <span>
#include <vector>

namespace safargo::seed {

// Passenger, driver (with a vehicle) and admin; existing accounts with these numbers are converted.
Task<std::vector<DemoAccount>> put_accounts(db::Transaction& tx, Instant now);

Task<void> put_drivers(db::Transaction& tx, std::span<const DemoDriver> drivers);

// Returns the number inserted: new trips that do not overlap the drivers' others and respect the daily limit.
Task<std::size_t> put_trips(db::Transaction& tx, std::span<const trips::Trip> trips);

Task<geo::FareRates> fare_rates(db::Session& session, LocalDate today);
Task<PlaceIds> place_ids(db::Session& session);
Task<std::size_t> count_open_trips(db::Session& session, Instant from, Instant until);

}  // namespace safargo::seed
