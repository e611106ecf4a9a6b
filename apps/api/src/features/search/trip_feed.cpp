#include "features/search/trip_feed.hpp"

#include "core/failures.hpp"
#include "core/logging.hpp"
#include "features/search/trip_loading.hpp"
#include "matching/packed_trip.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace safargo::search {
namespace {

using Steady = std::chrono::steady_clock;

constexpr std::int64_t max_changes = 20'000;  // per poll; beyond that everything is reloaded

// The timeline is that of the WAL being written: the control file shows the old one until the first checkpoint after a
// promotion, which may take minutes. A standby writes none.
constexpr db::Statement identify_server{"feed_identity", R"(
    select (select system_identifier from pg_control_system())::text || '/' ||
           case when pg_is_in_recovery() then '' else left(pg_walfile_name(pg_current_wal_lsn()), 8) end,
           pg_postmaster_start_time()::text, pg_is_in_recovery())"};

constexpr db::Statement take_snapshot{"feed_snapshot", R"(select pg_current_snapshot()::text)"};

// One statement, so one snapshot: the one to start from next time, whether changes were pruned past the cursor, and the
// changes that the last snapshot did not see with their trips as they are now. Without changes a single row carries the
// rest.
const std::string read_changes_sql = R"(
    select pg_current_snapshot()::text, coalesce((select pruned_before > pg_snapshot_xmin($1::pg_snapshot) from trip_feed), true),
           t.status = 'open' and u.status = 'active', t.vehicle_id, )" +
                                     std::string(trip_columns) + ", " + std::string(driver_columns) + R"(
    from (select) one
    left join (select distinct trip_id from trip_changes
               where xid >= pg_snapshot_xmin($1::pg_snapshot) and not pg_visible_in_snapshot(xid, $1::pg_snapshot)
               limit $2) c on true
    left join trips t on t.id = c.trip_id
    left join users u on u.id = t.driver_id)";
const db::Statement read_changes{"feed_poll", read_changes_sql};
constexpr int trip_at = 4;
constexpr int driver_at = trip_at + trip_column_count;

constexpr db::Statement record_horizon{"feed_horizon", R"(
    insert into trip_feed_horizons (recorded_at, oldest_running) values ($1, pg_snapshot_xmin(pg_current_snapshot()))
    on conflict do nothing)"};

constexpr db::Statement prune_changes{"feed_prune", R"(
    with horizon as (
        select oldest_running from trip_feed_horizons where recorded_at <= $1 order by recorded_at desc limit 1),
    moved as (
        update trip_feed set pruned_before = horizon.oldest_running from horizon
        where trip_feed.pruned_before < horizon.oldest_running),
    forgotten as (delete from trip_feed_horizons where recorded_at < $1 - interval '1 hour')
    delete from trip_changes using horizon where trip_changes.xid < horizon.oldest_running)"};

}  // namespace

TripFeed::TripFeed(db::Database& database, matching::TripIndex& index, DriverCards& drivers, FeedObserver& observer,
                   std::chrono::milliseconds check_every)
    : database_(database), index_(index), drivers_(drivers), observer_(observer), check_every_(check_every) {
    mark_read();
}

void TripFeed::mark_read() {
    read_at_ = Steady::now().time_since_epoch().count();
}

std::int64_t TripFeed::lag_ms() const {
    const Steady::time_point read_at{Steady::duration{read_at_.load()}};
    return std::chrono::duration_cast<std::chrono::milliseconds>(Steady::now() - read_at).count();
}

void TripFeed::apply(const db::Row& row, bool open) {
    matching::TripRow trip;
    if (!open || !read_trip(row, trip_at, trip)) {
        index_.remove(row.get<TripId>(trip_at), row.get<std::int64_t>(trip_at + 1));
        return;
    }
    users::DriverCard driver = read_driver(row, driver_at);
    trip.driver_rank = driver_rank_of(driver);
    // Even for a version that is known already: its driver may have changed.
    drivers_.insert_or_replace(std::move(driver));
    if (index_.apply(trip) == matching::Applied::malformed) report_malformed(trip.id);
}

// Rows are read in their current state, one poll after the other, so nothing older than what was applied can still
// come.
void TripFeed::publish() {
    index_.publish();
    index_.forget_removed();
    if (drivers_.size() >= forget_drivers_at_) forget_drivers();
}

// Drivers without a trip would otherwise accumulate as long as the process lives.
void TripFeed::forget_drivers() {
    constexpr std::size_t least = 1'024;
    DriverSet driving;
    index_.for_each_trip([&](const matching::TripName& trip) { driving.insert(trip.driver); });
    drivers_.keep_only(driving);
    forget_drivers_at_ = std::max(least, 2 * drivers_.size());
}

Task<TripFeed::Server> TripFeed::identify(db::Session& session) {
    const db::Rows rows = co_await session.query(identify_server);
    if (rows[0].get<bool>(2)) throw DependencyUnavailable("database", "is a standby, search reads the primary only");
    co_return Server{rows[0].get<std::string>(0), rows[0].get<std::string>(1)};
}

Task<void> TripFeed::load() {
    const Steady::time_point began = Steady::now();
    db::Transaction tx = co_await database_.begin(db::Isolation::repeatable_read);
    const db::Rows snapshot = co_await tx.query(take_snapshot);
    const Server server = co_await identify(tx);
    if (server.name != server_.name) {  // versions count within one history only
        loaded_ = false;
        keep_only({}, index_);
        publish();
    }
    TripLoading loading(index_, drivers_);
    co_await loading.read(database_, tx);
    co_await tx.commit();
    loading.publish();
    forget_drivers_at_ = 0;  // some of those read may have no trip
    publish();
    observer_.changed_all();
    observer_.caught_up(began);
    snapshot_ = snapshot[0].get<std::string>(0);
    server_ = server;
    checked_ = Steady::now();
    mark_read();
    loaded_ = true;
    log::info("search_index_loaded", {{"trips", static_cast<long long>(index_.size())}});
}

Task<bool> TripFeed::cursor_is_good() {
    if (!loaded_) co_return false;
    if (Steady::now() - checked_ < check_every_) co_return true;
    const Server server = co_await identify(database_);
    // Another server: checked again until it has been loaded, however often that fails.
    if (server != server_) co_return false;
    checked_ = Steady::now();
    co_return true;
}

Task<std::size_t> TripFeed::poll() {
    if (co_await cursor_is_good()) {
        const Steady::time_point began = Steady::now();
        const db::Rows rows = co_await database_.query(read_changes, snapshot_, max_changes + 1);
        const bool is_pruned = rows[0].get<bool>(1);
        if (!is_pruned && std::ssize(rows) <= max_changes) {
            const std::size_t changes = apply_all(rows);
            observer_.caught_up(began);
            co_return changes;
        }
    }
    co_await load();
    co_return index_.size();
}

std::size_t TripFeed::apply_all(const db::Rows& rows) {
    std::size_t changes = 0;
    for (const db::Row row : rows) {
        const auto open = row.get<std::optional<bool>>(2);
        if (!open) continue;
        apply(row, *open);
        observer_.changed(row.get<VehicleId>(3));
        ++changes;
    }
    if (changes > 0) publish();
    snapshot_ = rows[0].get<std::string>(0);
    mark_read();
    return changes;
}

Task<void> prune_trip_changes(db::Session& session, Instant now) {
    co_await session.query(record_horizon, now);
    co_await session.query(prune_changes, now - std::chrono::minutes{10});
}

}  // namespace safargo::search
