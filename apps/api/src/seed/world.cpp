#include "seed/world.hpp"

#include "seed/demo_rows.hpp"
#include "seed/set_aside.hpp"
#include "seed/world_rows.hpp"
#include "seed/world_trips.hpp"

#include <algorithm>
#include <stdexcept>

namespace safargo::seed {
namespace {

constexpr std::chrono::seconds longest_lock_wait{10};

constexpr db::Statement find_trips{"seed_any_trips", R"(select exists (select from trips))"};

// The triggers that record changes are dropped here, so readers of the feed are told that their cursor is too old.
constexpr db::Statement outdate_readers{"seed_outdate_readers", R"(
    update trip_feed set pruned_before = (pg_current_xact_id()::text::bigint + 1)::text::xid8)"};

// Runs outside the transaction. Also prevents autovacuum from starting during a measurement.
constexpr db::Statement tidy{"seed_tidy", R"(vacuum (analyze) users, drivers, vehicles, trips)"};

Task<void> refuse_trips(db::Session& session) {
    const db::Rows rows = co_await session.query(find_trips);
    if (rows[0].get<bool>(0)) throw std::runtime_error("the database already has trips: a world needs one without any");
}

Task<TripPlan> make_plan(db::Session& session, const WorldOptions& options) {
    TripPlan plan;
    plan.seed = options.seed;
    plan.trips_in_30_days = options.trips;
    plan.rates = co_await fare_rates(session, LocalDate::of(options.start));
    plan.places = co_await place_ids(session);
    plan.shared_itineraries = std::min(options.ways, options.trips);
    co_return plan;
}

Task<WorldReport> fill(db::Transaction& tx, const WorldOptions& options, const TripGenerator& generator,
                       const Progress& progress) {
    co_await tx.limit_lock_waits(longest_lock_wait);
    const SetAside aside = co_await SetAside::from(tx, "trips");
    co_await refuse_trips(tx);  // again: now none can be added
    WorldReport report;
    report.accounts = co_await put_accounts(tx, options.start);
    report.drivers = generator.drivers().size();
    co_await copy_drivers(tx, generator.drivers(), progress);
    WorldTrips trips(generator, options.start, options.trips);
    report.trips = co_await copy_trips(tx, trips, options.trips, progress);
    co_await aside.put_back(tx, progress);
    co_await tx.query(outdate_readers);
    co_return report;
}

}  // namespace

Task<WorldReport> load_world(db::Database& database, WorldOptions options, const geo::RoadGraph& roads,
                             const geo::Gazetteer& gazetteer, Progress progress) {
    co_await refuse_trips(database);
    const DemandModel demand(gazetteer, roads, read_wilaya_pairs(options.data_dir));
    TripPlan plan = co_await make_plan(database, options);
    const TripGenerator generator(demand, make_world_drivers(options.seed, options.trips, gazetteer), std::move(plan));
    db::Transaction tx = co_await database.begin();
    const WorldReport report = co_await fill(tx, options, generator, progress);
    co_await tx.commit();
    co_await database.query(tidy);
    co_return report;
}

}  // namespace safargo::seed
