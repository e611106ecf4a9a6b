#include "seed/world.hpp"

#include "db/blocking_connection.hpp"
#include "seed/set_aside.hpp"
#include "testing/test_database.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>

namespace safargo::seed {
namespace {

using testing::run;
using testing::TestDatabase;

const Progress silent = [](std::string_view, std::size_t, std::size_t) {};
const Instant start = parse_instant("2026-11-24T15:30:00Z").value();

int scale() {
    const char* text = std::getenv("SAFARGO_TEST_SCALE");
    return text ? std::max(1, std::atoi(text)) : 1;
}

// Allows for slow bulk loads on a busy machine.
db::Options patient(const TestDatabase& database) {
    db::Options options = database.options();
    options.statement_timeout = std::chrono::minutes{10};
    return options;
}

struct World {
    explicit World(std::size_t trips) {
        options.trips = trips;
        options.start = start;
        options.ways = 300;
        options.data_dir = SAFARGO_DATA_DIR;
        run(load_reference(database.db(), SAFARGO_DATA_DIR, silent));
    }
    WorldReport load(const Progress& progress = silent) {
        static const geo::Gazetteer gazetteer = geo::Gazetteer::load(SAFARGO_DATA_DIR);
        static const geo::RoadGraph roads = geo::RoadGraph::load(SAFARGO_DATA_DIR);
        return run(load_world(patient_db, options, roads, gazetteer, progress));
    }
    template <class T = std::int64_t>
    T ask(const std::string& sql) {
        return db::BlockingConnection(database.url()).query(sql)[0].get<T>(0);
    }

    TestDatabase database;
    db::Database patient_db{testing::shared_context()->get_executor(), patient(database)};
    WorldOptions options;
};

// As dumped by pg_dump, without its per-run tokens.
std::string schema_of(const TestDatabase& database) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> dump(
        ::popen(("pg_dump --schema-only --dbname='" + database.url() + "'").c_str(), "r"), &::pclose);
    std::string schema;
    std::array<char, 4'096> line;
    while (std::fgets(line.data(), line.size(), dump.get()) != nullptr)
        if (line[0] != '\\') schema += line.data();
    return schema;
}

const std::array tables{"users", "drivers", "vehicles", "trips"};

Task<void> copy_out(db::Database& database, std::string table, std::string& rows) {
    db::Transaction tx = co_await database.begin();
    const std::string sql = "copy (select * from " + table + " order by 1) to stdout";
    co_await tx.copy_out(sql, [&](std::string_view row) { rows += row; });
}

Task<void> copy_in(db::Database& database, std::string table, std::string rows) {
    db::Transaction tx = co_await database.begin();
    const std::string sql = "copy " + table + " from stdin";
    bool sent = false;
    co_await tx.copy_in(sql, [&](std::string& chunk) {
        chunk = rows;
        return !std::exchange(sent, true);
    });
    co_await tx.commit();
}

std::string content(World& world, const std::string& table) {
    std::string rows;
    run(copy_out(world.patient_db, table, rows));
    return rows;
}

TEST(World, HasExactlyTheRequestedTripsInTheThirtyDaysAfterItsStart) {
    World world(5'000);
    std::vector<std::string> steps;
    const WorldReport report = world.load([&](std::string_view step, std::size_t done, std::size_t total) {
        EXPECT_LE(done, total);
        if (done == total) steps.emplace_back(step);
    });
    EXPECT_EQ(steps, (std::vector<std::string>{"drivers", "trips", "indexes"}));
    EXPECT_EQ(report.trips, 5'000U);
    EXPECT_EQ(report.drivers, 312U);
    EXPECT_EQ(world.ask("select count(*) from trips where status = 'open' and date_time > '2026-11-24T15:30:00Z' and "
                        "date_time <= '2026-12-24T15:30:00Z'"),
              5'000);
    EXPECT_EQ(world.ask("select count(distinct local_day) from trips"), 30);
    EXPECT_LE(world.ask("select count(distinct polyline) from trips"), 300);
    EXPECT_EQ(world.ask("select count(*) from pg_stats where tablename = 'trips' and attname = 'origin_lat'"), 1);
}

TEST(World, IsTheSameForTheSameSeedAndStart) {
    World first(2'000), second(2'000), other(2'000);
    other.options.seed = 2;
    for (World* world : {&first, &second, &other}) world->load();
    for (const std::string table : {"users", "drivers", "vehicles", "trips"}) {
        // Excludes the demo's accounts, which joined at the start and have new ids each time.
        const std::string sum = "select md5(string_agg(t::text, '' order by t::text)) from " + table +
                                " t where created_at < '2026-11-24T15:30:00Z'";
        EXPECT_EQ(first.ask<std::string>(sum), second.ask<std::string>(sum)) << table;
        EXPECT_NE(first.ask<std::string>(sum), other.ask<std::string>(sum)) << table;
    }
}

TEST(World, LeavesTheSchemaAsItWas) {
    World world(500);
    const std::string before = schema_of(world.database);
    ASSERT_NE(before.find("trips_no_overlap"), std::string::npos);
    world.load();
    EXPECT_EQ(schema_of(world.database), before);
    EXPECT_EQ(world.ask("select count(*) from pg_trigger where tgrelid = 'trips'::regclass and tgenabled <> 'O'"), 0);
}

// Inserts the rows the plain way, with every constraint, foreign key and trigger in place.
TEST(World, ObeysEveryConstraint) {
    World world(20'000 * static_cast<std::size_t>(scale()));
    world.load();
    const TestDatabase plain;
    db::Database plain_db(testing::shared_context()->get_executor(), patient(plain));
    for (const char* table : {"wilayas", "communes", "places"}) run(copy_in(plain_db, table, content(world, table)));
    for (const char* table : tables) run(copy_in(plain_db, table, content(world, table)));
    db::BlockingConnection connection(plain.url());
    const db::Rows changes = connection.query("select count(*), (select count(*) from trips) from trip_changes");
    EXPECT_EQ(changes[0].get<std::int64_t>(1), static_cast<std::int64_t>(world.options.trips));
    EXPECT_EQ(changes[0].get<std::int64_t>(0), static_cast<std::int64_t>(world.options.trips));
}

TEST(World, FollowsRulesThatNoConstraintEnforces) {
    World world(5'000);
    world.load();
    EXPECT_EQ(world.ask("select count(*) from (select from trips group by driver_id, local_day having count(*) > 4) d"),
              0);
    EXPECT_EQ(world.ask("select count(*) from trips t join vehicles v on v.id = t.vehicle_id where v.driver_id <> "
                        "t.driver_id or v.plate <> t.plate or t.seats > v.seats"),
              0);
    EXPECT_EQ(world.ask("select count(*) from trips where stop_times[1] <> date_time or "
                        "stop_times[cardinality(stop_times)] <> arrival_at or stop_lats[1] <> origin_lat or "
                        "stop_lngs[cardinality(stop_lngs)] <> destination_lng or seats > any (leg_seats_left) or "
                        "local_day <> (date_time at time zone 'Africa/Algiers')::date"),
              0);
    EXPECT_GT(world.ask("select count(*) from trips where place_id is not null"), 0);
    EXPECT_GT(world.ask("select count(*) from trips where booking_mode = 'instant'"), 2'000);
    EXPECT_GT(world.ask("select count(*) from trips where booking_mode = 'approval'"), 1'000);
}

TEST(World, RefusesADatabaseThatHasTrips) {
    World world(200);
    world.load();
    world.options.seed = 2;
    EXPECT_THROW(world.load(), std::runtime_error);
    EXPECT_EQ(world.ask("select count(*) from trips"), 200);
    EXPECT_EQ(world.ask("select count(*) from drivers"), 121);
}

TEST(World, TellsReadersOfTheChangesToReload) {
    World world(200);
    const auto cursor = world.ask<std::string>("select pg_current_snapshot()::text");
    const std::string is_pruned =
        "select pruned_before > pg_snapshot_xmin('" + cursor + "'::pg_snapshot) from trip_feed";
    EXPECT_FALSE(world.ask<bool>(is_pruned));
    world.load();
    EXPECT_TRUE(world.ask<bool>(is_pruned));
    EXPECT_EQ(world.ask("select count(*) from trip_changes"), 0);
}

Task<void> break_off(db::Database& database) {
    db::Transaction tx = co_await database.begin();
    co_await SetAside::from(tx, "trips");
    co_await tx.rollback();
}

TEST(SetAside, IsRestoredWhenTheTransactionFails) {
    const TestDatabase untouched;
    TestDatabase database;
    run(break_off(database.db()));
    EXPECT_EQ(schema_of(database), schema_of(untouched));
}

constexpr db::Statement two_rides{"two_rides", R"(
    insert into trips (id, driver_id, vehicle_id, plate, status, origin_lat, origin_lng, destination_lat,
        destination_lng, date_time, arrival_at, local_day, stop_lats, stop_lngs, stop_labels, stop_communes, stop_times,
        stop_prices, seats, leg_seats_left, booking_mode, smoking, pets, music, talk, luggage, max_two_back,
        women_only, distance_m, duration_s, polyline, created_at)
    select gen_random_uuid(), v.driver_id, v.id, v.plate, 'open', 36, 3, 35, 3, t.date_time, t.arrival_at, t.local_day,
        '{36,35}', '{3,3}', '{a,b}', '{"",""}', array[t.date_time, t.arrival_at], '{0,10}', 1, '{1}', 'instant', false,
        false, false, 'quiet', 'none', false, false, 1, 60, '', now()
    from (select * from trips limit 1) t join vehicles v on v.id = t.vehicle_id)"};

Task<void> overlap(db::Database& database) {
    db::Transaction tx = co_await database.begin();
    const SetAside aside = co_await SetAside::from(tx, "trips");
    co_await tx.query(two_rides);
    co_await aside.put_back(tx, silent);
    co_await tx.commit();
}

TEST(SetAside, ChecksEveryRowWhenRestored) {
    World world(200);
    world.load();
    try {
        run(overlap(world.patient_db));
        FAIL() << "a driver in two places at once";
    } catch (const db::DatabaseError& error) {
        EXPECT_EQ(error.constraint, "trips_no_overlap");
    }
    EXPECT_EQ(world.ask("select count(*) from trips"), 200);
}

}  // namespace
}  // namespace safargo::seed
