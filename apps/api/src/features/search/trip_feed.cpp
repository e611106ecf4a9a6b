#include "features/search/trip_feed.hpp"

#include "core/logging.hpp"
#include "features/search/feed_row.hpp"

#include <unordered_set>

namespace safargo::search {
namespace {

using Steady = std::chrono::steady_clock;

constexpr int page_size = 5'000;
constexpr std::chrono::seconds check_every{1};

constexpr db::Statement identify_server{"feed_identity", R"(
    select (select system_identifier from pg_control_system())::text || '/' ||
           (select timeline_id from pg_control_checkpoint())::text || '/' || pg_is_in_recovery()::text)"};

constexpr db::Statement take_snapshot{"feed_snapshot", R"(select pg_current_snapshot()::text)"};

constexpr db::Statement load_trips{"feed_load", R"(
    select t.id, t.version, t.driver_id, t.booking_mode, t.smoking, t.pets, t.music, t.talk, t.luggage, t.max_two_back,
           t.women_only, t.place_id, t.stop_lats, t.stop_lngs, t.stop_times, t.stop_prices, t.stop_labels, t.leg_seats_left,
           u.name, u.rating_sum, u.rating_count, u.kyc_approved_at is not null
    from trips t join users u on u.id = t.driver_id
    where t.status = 'open' and t.id > $1 order by t.id limit $2)"};

// One statement, so one snapshot: the changes that the last snapshot did not see, their trips as they are now, and
// the snapshot to start from next time. Without changes a single row carries the snapshot.
constexpr db::Statement read_changes{"feed_poll", R"(
    select pg_current_snapshot()::text, t.status = 'open',
           t.id, t.version, t.driver_id, t.booking_mode, t.smoking, t.pets, t.music, t.talk, t.luggage, t.max_two_back,
           t.women_only, t.place_id, t.stop_lats, t.stop_lngs, t.stop_times, t.stop_prices, t.stop_labels, t.leg_seats_left,
           u.name, u.rating_sum, u.rating_count, u.kyc_approved_at is not null
    from (select) one
    left join (select distinct trip_id from trip_changes
               where xid >= pg_snapshot_xmin($1::pg_snapshot) and not pg_visible_in_snapshot(xid, $1::pg_snapshot)) c on true
    left join trips t on t.id = c.trip_id
    left join users u on u.id = t.driver_id)"};

constexpr db::Statement compare_pruning{"feed_pruned", R"(
    select pruned_before > pg_snapshot_xmin($1::pg_snapshot) from trip_feed)"};

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

TripFeed::TripFeed(db::Database& database, matching::TripIndex& index, TripCards& cards)
    : database_(database), index_(index), cards_(cards) {}

void TripFeed::mark_read() {
    read_at_ = Steady::now().time_since_epoch().count();
}

std::int64_t TripFeed::lag_ms() const {
    const Steady::time_point read_at{Steady::duration{read_at_.load()}};
    return std::chrono::duration_cast<std::chrono::milliseconds>(Steady::now() - read_at).count();
}

void TripFeed::apply(const db::Row& row, int first, bool open) {
    const auto trip = row.get<TripId>(first);
    const auto version = row.get<std::int64_t>(first + 1);
    if (!open) {
        index_.remove(trip, version);
        cards_.remove(trip);
        known_.erase(trip);
        return;
    }
    FeedRow read = read_feed_row(row, first);
    const matching::Applied applied = index_.apply(read.trip);
    if (applied == matching::Applied::stale) return;
    if (applied == matching::Applied::malformed) {
        log::error("trip_cannot_be_indexed", {{"trip", trip.str()}});
        return;
    }
    const bool instant = read.trip.booking_mode == matching::BookingMode::instant;
    cards_.put(trip, std::move(read.stops), std::move(read.driver), instant);
    known_.insert_or_assign(trip, version);
}

Task<std::string> TripFeed::server_identity(db::Session& session) {
    const db::Rows rows = co_await session.query(identify_server);
    co_return rows[0].get<std::string>(0);
}

Task<void> TripFeed::load_page(db::Transaction& tx, TripId& after, bool& more) {
    const db::Rows rows = co_await tx.query(load_trips, after, static_cast<std::int64_t>(page_size));
    for (std::size_t i = 0; i < rows.size(); ++i) apply(rows[i], 0, true);
    more = rows.size() == page_size;
    if (!rows.empty()) after = rows[rows.size() - 1].get<TripId>(0);
    index_.publish();
}

Task<void> TripFeed::load() {
    const auto before = std::exchange(known_, {});
    db::Transaction tx = co_await database_.begin(db::Isolation::repeatable_read);
    const db::Rows snapshot = co_await tx.query(take_snapshot);
    std::string server = co_await server_identity(tx);
    TripId after;
    bool more = true;
    while (more) co_await load_page(tx, after, more);
    co_await tx.commit();
    // What was there before and is open no more; unseen versions in between cannot matter, the trip is gone.
    for (const auto& [trip, version] : before) {
        if (known_.contains(trip)) continue;
        index_.remove(trip, version + 1);
        cards_.remove(trip);
    }
    index_.publish();
    snapshot_ = snapshot[0].get<std::string>(0);
    server_ = std::move(server);
    checked_ = Steady::now();
    mark_read();
    loaded_ = true;
    log::info("search_index_loaded", {{"trips", static_cast<long long>(index_.size())}});
}

Task<bool> TripFeed::cursor_is_good() {
    if (!loaded_) co_return false;
    if (Steady::now() - checked_ < check_every) co_return true;
    const std::string server = co_await server_identity(database_);
    const db::Rows pruned = co_await database_.query(compare_pruning, snapshot_);
    checked_ = Steady::now();
    co_return server == server_ && !pruned[0].get<bool>(0);
}

Task<std::size_t> TripFeed::poll() {
    if (!co_await cursor_is_good()) {
        co_await load();
        co_return index_.size();
    }
    const db::Rows rows = co_await database_.query(read_changes, snapshot_);
    std::size_t changes = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto open = rows[i].get<std::optional<bool>>(1);
        if (!open) continue;
        apply(rows[i], 2, *open);
        ++changes;
    }
    if (changes > 0) index_.publish();
    snapshot_ = rows[0].get<std::string>(0);
    mark_read();
    co_return changes;
}

Task<void> prune_trip_changes(db::Session& session, Instant now) {
    co_await session.query(record_horizon, now);
    co_await session.query(prune_changes, now - std::chrono::minutes{10});
}

}  // namespace safargo::search
