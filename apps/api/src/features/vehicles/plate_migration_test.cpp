// Rows from before plates had a canonical spelling, as the migrations find them.
#include "testing/test_database.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace safargo::vehicles {
namespace {

using testing::run;

class PlateMigrationTest : public ::testing::Test {
protected:
    // `number` is the driver, the vehicle and the trip; the trip leaves tomorrow.
    void add(int number, std::string_view plate, std::string_view status, std::string_view deleted = "null") {
        const std::string id = fmt::format("00000000-0000-7000-8000-{:012}", number);
        database.execute(fmt::format(
            "insert into users (id, email, name, role, created_at) values ('{0}', '{1}@example.dz', 'A', 'driver', "
            "now());"
            "insert into drivers values ('{0}', 'DZ{1}', '2040-01-01', now());"
            "insert into vehicles values ('{0}', '{0}', 'Fiat', 'Uno', 2019, 'white', 4, '{2}', 'petrol', now(), {4});"
            "insert into trips (id, driver_id, vehicle_id, plate, status, origin_lat, origin_lng, destination_lat, "
            "destination_lng, date_time, arrival_at, local_day, stop_lats, stop_lngs, stop_labels, stop_communes, "
            "stop_times, stop_prices, seats, leg_seats_left, booking_mode, smoking, pets, music, talk, luggage, "
            "max_two_back, women_only, distance_m, duration_s, polyline, created_at) select '{0}', '{0}', '{0}', "
            "'{2}', "
            "'{3}', 1, 1, 2, 2, d, d + interval '1 hour', current_date + 2, '{{1,2}}', '{{1,2}}', '{{a,b}}', "
            "'{{\"\",\"\"}}', array[d, d + interval '1 hour'], '{{0,1}}', 1, '{{1}}', 'instant', false, false, false, "
            "'quiet', 'none', false, false, 1, 1, '', now() from (select now() + interval '2 days' as d) as departure",
            id, number, plate, status, deleted));
    }
    void migrate(std::string_view name) {
        const std::ifstream file(std::string(SAFARGO_DATA_DIR "/../migrations/") + std::string(name));
        std::stringstream sql;
        sql << file.rdbuf();
        ASSERT_FALSE(sql.str().empty()) << name;
        database.execute("begin;" + sql.str() + ";commit");
    }
    void migrate() {
        migrate("202611290310_pad_plates_of_vehicles.sql");
        migrate("202611290311_pad_plates_of_trips.sql");
    }
    std::string plates(std::string_view table) {
        const std::string sql = fmt::format("select coalesce(string_agg(plate, ' ' order by id), '') from {}", table);
        const db::Statement statement{"test_plates", sql};
        return run(database.db().query(statement))[0].get<std::string>(0);
    }

    testing::TestDatabase database;
};

TEST_F(PlateMigrationTest, GivesEverySerialSixDigits) {
    add(1, "12345-119-16", "open");
    add(2, "123456-119-16", "open");
    add(3, "00000-000-00", "completed");
    migrate();
    EXPECT_EQ(plates("vehicles"), "012345-119-16 123456-119-16 000000-000-00");
    EXPECT_EQ(plates("trips"), plates("vehicles"));
    migrate();
    EXPECT_EQ(plates("trips"), "012345-119-16 123456-119-16 000000-000-00") << "once and for all";
}

TEST_F(PlateMigrationTest, LeavesTheSecondOfTwoWithOnePlate) {
    add(1, "12345-119-16", "open");
    add(2, "012345-119-16", "open");
    migrate();
    EXPECT_EQ(plates("vehicles"), "12345-119-16 012345-119-16");
    EXPECT_EQ(plates("trips"), "12345-119-16 012345-119-16") << "both have promised the day to their passengers";
}

TEST_F(PlateMigrationTest, DeletedOrCancelledRowsAreNoObstacle) {
    add(1, "12345-119-16", "open");
    add(2, "012345-119-16", "cancelled", "now()");
    add(3, "54321-119-16", "cancelled", "now()");
    add(4, "054321-119-16", "open");
    migrate();
    EXPECT_EQ(plates("vehicles"), "012345-119-16 012345-119-16 054321-119-16 054321-119-16");
    EXPECT_EQ(plates("trips"), "012345-119-16 012345-119-16 54321-119-16 054321-119-16");
}

}  // namespace
}  // namespace safargo::vehicles
