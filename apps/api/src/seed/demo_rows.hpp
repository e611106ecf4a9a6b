// The demo's rows on their way into the database. Each call can be made again and adds only what is missing.
#pragma once

#include "db/database.hpp"
#include "seed/demo_driver.hpp"
#include "seed/seed.hpp"
#include "seed/trip_generator.hpp"

#include <span>
#include <vector>

namespace safargo::seed {

// Passenger, driver (with a vehicle) and admin; an account that has one of these numbers already becomes it.
Task<std::vector<DemoAccount>> put_accounts(db::Transaction& tx, Instant now);

Task<void> put_drivers(db::Transaction& tx, std::span<const DemoDriver> drivers);

// How many were new, fitted beside the drivers' other trips and kept to the daily limit.
Task<std::size_t> put_trips(db::Transaction& tx, std::span<const trips::Trip> trips);

Task<geo::FareRates> fare_rates(db::Session& session, LocalDate today);
Task<PlaceIds> place_ids(db::Session& session);
Task<std::size_t> count_open_trips(db::Session& session, Instant from, Instant until);

}  // namespace safargo::seed
