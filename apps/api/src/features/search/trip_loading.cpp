#include "features/search/trip_loading.hpp"

#include <fmt/format.h>
#include <boost/asio/experimental/awaitable_operators.hpp>

#include <exception>
#include <utility>
#include <vector>

namespace safargo::search {
namespace {

// Finding out whether a driver has open trips costs five times as much as sending their row: if drivers are few
// compared to trips (one to four, by table size), all are read, and those without a trip are dropped.
constexpr std::string_view all_drivers = "";
constexpr std::string_view driving =
    "where exists (select from trips t where t.driver_id = d.user_id and t.status = 'open')";

constexpr db::Statement share_snapshot{"feed_share", R"(
    select pg_export_snapshot(), pg_relation_size('trips') / current_setting('block_size')::bigint,
           pg_relation_size('drivers') * 32 < pg_relation_size('trips'))"};
// PostgreSQL would JIT-compile the statements that read a million rows, again in each process, and gain less than it
// costs.
constexpr db::Statement compile_nothing{"feed_no_jit", "set local jit = off"};
// The server takes longer to send a trip than we to read it, so a table of more than this many blocks (4 MB) is sent by
// two of its processes, one for each half of the blocks.
constexpr std::int64_t most_undivided_blocks = 512;

// Into an index that holds trips: changes wait unpacked, twice as large as when they are published; each publishing
// sorts its days again.
constexpr std::size_t publish_every = 200'000;

}  // namespace

void keep_only(const TripSet& trips, matching::TripIndex& index) {
    index.for_each_trip([&](const matching::TripName& known) {
        if (!trips.contains(known.trip)) index.remove(known.trip, known.version + 1);
    });
}

TripLoading::TripLoading(matching::TripIndex& index, DriverCards& drivers)
    : index_(index), drivers_(drivers), bulk_(index.start_bulk_load()) {}

Task<void> TripLoading::read(db::Database& database, db::Transaction& tx) {
    co_await tx.query(compile_nothing);
    const db::Rows shared = co_await tx.query(share_snapshot);
    const auto blocks = shared[0].get<std::int64_t>(1);
    const std::string_view drivers = shared[0].get<bool>(2) ? all_drivers : driving;
    if (!bulk_) co_await read_drivers(tx, drivers);  // before their trips, each of which is ranked as it comes
    if (blocks <= most_undivided_blocks) {
        co_await read_here(tx, drivers, "");
    } else {
        const std::string middle = fmt::format("'({},0)'", blocks / 2);
        co_await both(read_here(tx, drivers, "and t.ctid < " + middle),
                      read_beside(database, shared[0].get<std::string>(0), "and t.ctid >= " + middle));
    }
}

// The other stream does not wait for the drivers: in an empty index, trips are ranked once all are loaded.
Task<void> TripLoading::read_here(db::Transaction& tx, std::string_view drivers, std::string condition) {
    if (bulk_) co_await read_drivers(tx, drivers);
    co_await read_trips(tx, std::move(condition));
}

Task<void> TripLoading::read_drivers(db::Transaction& tx, std::string_view condition) {
    const std::string sql =
        fmt::format("copy (select {} from drivers d join users u on u.id = d.user_id {}) to stdout (format binary)",
                    driver_columns, condition);
    db::CopyRow driver{driver_copy_columns};
    co_await tx.copy_out(sql, [&](std::string_view chunk) {
        if (driver.take(chunk)) load_driver(read_driver(driver));
    });
}

// In one stream, so that the server reads ahead while we build.
Task<void> TripLoading::read_trips(db::Transaction& tx, std::string condition) {
    const std::string sql = fmt::format("copy (select {} from trips t where {} {}) to stdout (format binary)",
                                        trip_columns, offered, condition);
    db::CopyRow trip{trip_copy_columns};
    co_await tx.copy_out(sql, [&](std::string_view chunk) {
        if (trip.take(chunk)) load_trip(trip);
    });
}

// `snapshot` must be the first statement of its transaction, and used only once: its name is unique.
Task<void> TripLoading::read_beside(db::Database& database, std::string snapshot, std::string condition) {
    db::Transaction tx = co_await database.begin(db::Isolation::repeatable_read);
    const std::string sql = fmt::format("set transaction snapshot '{}'", snapshot);
    std::vector<db::Bound> once;
    once.push_back({.statement = {"feed_same_snapshot", sql}, .parameters = {}, .once = true});
    co_await tx.batch(std::move(once));
    co_await tx.query(compile_nothing);
    co_await read_trips(tx, std::move(condition));
    co_await tx.commit();
}

// A failing stream ends the other, whose own failure is then irrelevant.
Task<void> TripLoading::both(Task<void> one, Task<void> other) {
    using namespace boost::asio::experimental::awaitable_operators;
    try {
        co_await (keep_failure(std::move(one)) && keep_failure(std::move(other)));
    } catch (...) {
        if (failure_) std::rethrow_exception(failure_);
        throw;
    }
}

Task<void> TripLoading::keep_failure(Task<void> task) {
    try {
        co_await std::move(task);
    } catch (...) {
        if (!failure_) failure_ = std::current_exception();
        throw;
    }
}

void TripLoading::load_driver(users::DriverCard driver) {
    driver_ranks_.insert_or_assign(driver.id, driver_rank_of(driver));
    drivers_.insert_or_replace(std::move(driver));
}

void TripLoading::load_trip(const db::CopyRow& row) {
    if (!bulk_) seen_.insert(row.get<TripId>(0));
    if (!read_trip(row, trip_)) {
        if (!bulk_) index_.remove(row.get<TripId>(0), row.get<std::int64_t>(1));
        return;
    }
    if (!bulk_) trip_.driver_rank = driver_rank(trip_.driver);
    if (add() == matching::Applied::malformed) report_malformed(trip_.id);
}

matching::DriverRank TripLoading::driver_rank(UserId driver) const {
    const auto known = driver_ranks_.find(driver);
    return known == driver_ranks_.end() ? matching::DriverRank{} : known->second;
}

matching::Applied TripLoading::add() {
    if (bulk_) return bulk_->add(trip_);
    if (++rows_ % publish_every == 0) index_.publish();
    return index_.apply(trip_);
}

void TripLoading::publish() {
    if (bulk_) {
        bulk_->rank_by([this](UserId driver) { return driver_rank(driver); });
        index_.publish(std::move(bulk_));
        return;
    }
    index_.publish();
    keep_only(seen_, index_);
    index_.publish();
}

}  // namespace safargo::search
