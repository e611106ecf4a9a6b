#include "seed/seed.hpp"

#include "core/phone_number.hpp"
#include "db/blocking_connection.hpp"
#include "testing/test_database.hpp"

#include <gtest/gtest.h>

namespace safargo::seed {
namespace {

using testing::run;
using testing::TestDatabase;

const Progress silent = [](std::string_view, std::size_t, std::size_t) {};
const Instant start = parse_instant("2026-11-24T06:00:00Z").value();

struct Demo {
    explicit Demo(std::size_t trips) {
        options.trips = trips;
        options.data_dir = SAFARGO_DATA_DIR;
        run(load_reference(database.db(), SAFARGO_DATA_DIR, silent));
    }
    DemoReport load(const Progress& progress = silent) {
        static const geo::Gazetteer gazetteer = geo::Gazetteer::load(SAFARGO_DATA_DIR);
        static const geo::RoadGraph roads = geo::RoadGraph::load(SAFARGO_DATA_DIR);
        return run(load_demo(database.db(), options, clock, roads, gazetteer, progress));
    }
    db::Rows ask(const std::string& sql) { return db::BlockingConnection(database.url()).query(sql); }
    std::int64_t count(const std::string& sql) { return ask(sql)[0].get<std::int64_t>(0); }

    TestDatabase database;
    FakeClock clock{start};
    DemoOptions options;
};

TEST(Demo, FillsTheNextThirtyDaysAndReportsProgress) {
    Demo demo(2'000);
    std::vector<std::string> steps;
    const DemoReport report = demo.load([&](std::string_view step, std::size_t done, std::size_t total) {
        EXPECT_LE(done, total);
        if (done == total) steps.emplace_back(step);
    });
    EXPECT_EQ(steps, (std::vector<std::string>{"drivers", "trips"}));
    EXPECT_EQ(report.drivers, 125U);
    EXPECT_NEAR(static_cast<double>(report.open_trips), 2'000, 120);
    EXPECT_EQ(report.added_trips, report.open_trips);
    EXPECT_EQ(demo.count("select count(*) from trips where status <> 'open' or date_time <= '2026-11-24T06:00:00Z' or "
                         "date_time > '2026-12-24T06:00:00Z'"),
              0);
    EXPECT_EQ(
        demo.count("select count(*) from trips where local_day <> (date_time at time zone 'Africa/Algiers')::date"), 0);
    EXPECT_GT(demo.count("select count(*) from trips where place_id is not null"), 50);
    EXPECT_GT(demo.count("select count(*) from trips where women_only"), 20);
    EXPECT_EQ(demo.count("select count(*) from trips t join users u on u.id = t.driver_id where women_only and not "
                         "(gender = 'female' and gender_confirmed_at is not null)"),
              0);
}

TEST(Demo, FollowsRulesThatNoConstraintEnforces) {
    Demo demo(1'000);
    demo.load();
    EXPECT_EQ(
        demo.count("select count(*) from (select from trips group by driver_id, local_day having count(*) > 4) d"), 0);
    EXPECT_EQ(demo.count("select count(*) from trips t join vehicles v on v.id = t.vehicle_id where v.driver_id <> "
                         "t.driver_id or v.plate <> t.plate or t.seats > v.seats"),
              0);
    EXPECT_EQ(demo.count("select count(*) from trips where stop_times[1] <> date_time or "
                         "stop_times[cardinality(stop_times)] <> arrival_at or stop_lats[1] <> origin_lat or "
                         "stop_lngs[cardinality(stop_lngs)] <> destination_lng or stop_prices[1] <> 0 or "
                         "seats > any (leg_seats_left)"),
              0);
    EXPECT_EQ(demo.count("select count(*) from trips where stop_prices[cardinality(stop_prices)] > "
                         "10 * ceil(distance_m * 4.5 / 10000)"),
              0);
    EXPECT_EQ(demo.count("select count(*) from trips, unnest(stop_communes) as c (code) where c.code <> '' and "
                         "not exists (select from communes where communes.code = c.code)"),
              0);
}

TEST(Demo, VerifiedDriversMayPublishWhereDocumentsAreRequired) {
    Demo demo(300);
    demo.load();
    EXPECT_GT(demo.count("select count(*) from users where documents_valid_until >= '2030-01-01'"), 1);
    EXPECT_GT(demo.count("select count(*) from users where documents_valid_until is null"), 1);
    EXPECT_EQ(
        demo.count("select count(*) from users where (kyc_approved_at is null) <> (documents_valid_until is null)"), 0);
}

TEST(Demo, RepeatedRunsAddNothingAndTomorrowAddsADay) {
    Demo demo(600);
    const DemoReport first = demo.load();
    const DemoReport again = demo.load();
    EXPECT_EQ(again.added_trips, 0U);
    EXPECT_EQ(again.open_trips, first.open_trips);
    EXPECT_EQ(again.drivers, first.drivers);
    EXPECT_EQ(demo.count("select count(*) from users"), static_cast<std::int64_t>(first.drivers) + 3);

    demo.clock.advance(std::chrono::days{1});
    const DemoReport tomorrow = demo.load();
    EXPECT_GT(tomorrow.added_trips, 5U);
    EXPECT_LT(tomorrow.added_trips, 50U);
    EXPECT_NEAR(static_cast<double>(tomorrow.open_trips), static_cast<double>(first.open_trips), 20);
    EXPECT_EQ(
        demo.count("select count(*) from (select from trips group by driver_id, local_day having count(*) > 4) d"), 0);
}

TEST(Demo, YieldsToTripsThatDriversPublishThemselves) {
    Demo demo(300);
    demo.load();
    // On the day after the horizon, a demo driver already has four trips of their own.
    demo.database.execute(R"(
        insert into trips (id, driver_id, vehicle_id, plate, status, origin_lat, origin_lng, destination_lat,
            destination_lng, date_time, arrival_at, local_day, stop_lats, stop_lngs, stop_labels, stop_communes,
            stop_times, stop_prices, seats, leg_seats_left, booking_mode, smoking, pets, music, talk, luggage,
            max_two_back, women_only, distance_m, duration_s, polyline, created_at)
        select gen_random_uuid(), v.driver_id, v.id, v.plate, 'open', 36, 3, 35, 3, at, at + interval '1 minute',
            '2026-12-24', '{36,35}', '{3,3}', '{a,b}', '{"",""}', array[at, at + interval '1 minute'], '{0,10}', 1, '{1}',
            'instant', false, false, false, 'quiet', 'none', false, false, 1, 60, '', at
        from vehicles v, generate_series(timestamptz '2026-12-24T07:01:00Z', '2026-12-24T07:07:00Z', '2 minutes') as at
        where v.plate <> '012345-121-16'
        on conflict do nothing)");
    const std::string own = "select count(*) from trips where polyline = ''";
    ASSERT_GT(demo.count(own), 400);
    // The morning of that day is within the first load's horizon: trips above four from the set-up itself stay.
    const std::string above_four =
        "select coalesce(sum(n - 4), 0)::bigint from (select count(*) as n from trips "
        "group by driver_id, local_day having count(*) > 4) d";
    const std::int64_t before = demo.count(above_four);
    demo.clock.advance(std::chrono::days{1});
    demo.load();
    EXPECT_EQ(demo.count(above_four), before);
    EXPECT_EQ(demo.count(own + " and status = 'open'"), demo.count(own));
}

TEST(Demo, SkipsTripsOfDriversWhoAreRiding) {
    Demo demo(600);
    demo.load();
    // On the day after the horizon every driver whose own trips have ended rides with another driver.
    demo.database.execute(R"(
        insert into bookings (id, trip_id, user_id, driver_id, from_stop, to_stop, seats, status, price, service_fee,
            payment_method, pickup_at, dropoff_at, created_at)
        select gen_random_uuid(), t.id, d.user_id, t.driver_id, 0, 1, 1, 'confirmed', 0, 0, 'cash',
            '2026-12-24T06:00:00Z', '2026-12-26T06:00:00Z', now()
        from drivers d, lateral (select id, driver_id from trips where driver_id <> d.user_id limit 1) t
        where not exists (select from trips own where own.driver_id = d.user_id
                          and own.arrival_at > '2026-12-24T06:00:00Z'))");
    ASSERT_GT(demo.count("select count(*) from bookings"), 20);
    demo.clock.advance(std::chrono::days{1});
    demo.load();
    EXPECT_EQ(demo.count("select count(*) from trips t join bookings b on b.user_id = t.driver_id "
                         "and tstzrange(b.pickup_at, b.dropoff_at) && tstzrange(t.date_time, t.arrival_at)"),
              0);
}

TEST(Demo, NamesItsAccounts) {
    Demo demo(30);
    const DemoReport report = demo.load();
    ASSERT_EQ(report.accounts.size(), 3U);
    for (const auto& account : report.accounts)
        EXPECT_EQ(PhoneNumber::parse(account.phone).value().str(), account.phone);
    EXPECT_EQ(report.accounts[0].role, "passenger");
    EXPECT_EQ(report.accounts[0].phone, "+213550000001");
    EXPECT_EQ(report.accounts[1].role, "driver");
    EXPECT_EQ(report.accounts[2].role, "admin");
    EXPECT_NE(report.sign_in.find("/dev/outbox"), std::string::npos);
    EXPECT_EQ(demo.count("select count(*) from users u join drivers d on d.user_id = u.id join vehicles v on "
                         "v.driver_id = u.id where phone = '+213550000002' and role = 'driver'"),
              1);
    EXPECT_EQ(demo.count("select count(*) from users where phone = '+213550000003' and role = 'admin'"), 1);
    // The named driver has no trips, so that visitors can use the account.
    EXPECT_EQ(demo.count("select count(*) from trips t join users u on u.id = t.driver_id where phone is not null"), 0);
}

TEST(Demo, ExistingAccountsAreConvertedOnce) {
    Demo demo(30);
    demo.database.execute(
        "insert into users (id, phone, name, created_at) values "
        "(gen_random_uuid(), '+213550000003', 'Somebody', now())");
    demo.load();
    demo.load();
    EXPECT_EQ(demo.count("select count(*) from users where phone = '+213550000003' and role = 'admin' and "
                         "name = 'Somebody'"),
              1);
    EXPECT_EQ(demo.count("select count(*) from vehicles v join users u on u.id = v.driver_id where phone is not null"),
              1);
}

TEST(Demo, AnotherSeedCoexistsWithTheFirst) {
    Demo demo(100);
    const DemoReport first = demo.load();
    demo.options.seed = 2;
    const DemoReport second = demo.load();
    EXPECT_GT(second.added_trips, first.added_trips / 2);
    EXPECT_EQ(second.open_trips, first.open_trips + second.added_trips);
}

}  // namespace
}  // namespace safargo::seed
