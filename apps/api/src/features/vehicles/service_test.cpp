#include "features/vehicles/service.hpp"

#include "contract/json.hpp"
#include "testing/test_database.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace safargo::vehicles {
namespace {

using testing::run;

class VehicleTest : public ::testing::Test {
protected:
    Caller add_driver() {
        const Caller caller{.id = UserId::make(clock.now()), .session = SessionId::make(clock.now())};
        const std::string id = caller.id.str();
        database.execute(fmt::format(
            "insert into users (id, email, name, role, created_at) values ('{0}', '{0}@example.dz', 'Amel', 'driver', "
            "now());"
            "insert into drivers values ('{0}', '{0}', '2031-01-01', now())",
            id));
        return caller;
    }
    static AddVehicle symbol(std::string_view plate, int year = 2019) {
        return contract::parse_json<AddVehicle>(
                   fmt::format(R"({{"make":"Renault","model":"Symbol","year":{},"colour":"white","seats":4,)"
                               R"("plate":"{}","fuel":"petrol"}})",
                               year, plate))
            .value();
    }
    static EditVehicle changes(std::string_view json) { return contract::parse_json<EditVehicle>(json).value(); }
    Result<VehicleView> add(Caller caller, AddVehicle wanted) {
        return run(db.transact<VehicleView>([&](db::Transaction& tx) { return vehicles.add(tx, caller, wanted); }));
    }
    Result<VehicleView> edit(Caller caller, VehicleId id, std::string_view json) {
        return run(db.transact<VehicleView>(
            [&](db::Transaction& tx) { return vehicles.edit(tx, caller, id, changes(json)); }));
    }
    Result<Nothing> remove(Caller caller, VehicleId id) {
        return run(db.transact<Nothing>([&](db::Transaction& tx) { return vehicles.remove(tx, caller, id); }));
    }
    void add_trip(const Caller& driver, VehicleId vehicle, std::string_view status) {
        database.execute(fmt::format(
            "insert into trips (id, driver_id, vehicle_id, plate, status, origin_lat, origin_lng, destination_lat, "
            "destination_lng, date_time, arrival_at, local_day, stop_lats, stop_lngs, stop_labels, stop_communes, "
            "stop_times, stop_prices, seats, leg_seats_left, booking_mode, smoking, pets, music, talk, luggage, "
            "max_two_back, women_only, distance_m, duration_s, polyline, created_at) values (gen_random_uuid(), '{}', "
            "'{}', 'x', '{}', 1, 1, 2, 2, '2026-12-02', '2026-12-03', '2026-12-02', '{{1,2}}', '{{1,2}}', '{{a,b}}', "
            "'{{\"\",\"\"}}', '{{2026-12-02,2026-12-03}}', '{{0,1}}', 1, '{{1}}', 'instant', false, false, false, "
            "'quiet', 'none', false, false, 1, 1, '', now())",
            driver.id.str(), vehicle.str(), status));
    }

    testing::TestDatabase database;
    db::Database& db = database.db();
    FakeClock clock{parse_instant("2026-12-01T08:00:00Z").value()};
    api::CursorSigner cursors{"0123456789abcdef0123456789abcdef"};
    drivers::DriverService drivers{db, clock};
    geo::GazetteerData country = geo::GazetteerData::load(SAFARGO_DATA_DIR);
    VehicleService vehicles{db, clock, drivers, cursors, country};
};

TEST_F(VehicleTest, ADriverAddsShowsEditsAndRemoves) {
    const Caller amel = add_driver();
    const auto added = add(amel, symbol("012345 119 16"));
    ASSERT_TRUE(added);
    EXPECT_EQ(added->plate, "012345-119-16");
    EXPECT_EQ(run(vehicles.show(amel, added->id))->model, "Symbol");

    const auto edited = edit(amel, added->id, R"({"colour":"grey","seats":3,"model":"Clio"})");
    ASSERT_TRUE(edited);
    EXPECT_EQ(edited->colour, Colour::grey);
    EXPECT_EQ(edited->make, "Renault");
    EXPECT_EQ(run(vehicles.show(amel, added->id))->seats, 3);

    EXPECT_TRUE(remove(amel, added->id));
    EXPECT_EQ(run(vehicles.show(amel, added->id)).error().code, Code::not_found);
    EXPECT_EQ(remove(amel, added->id).error().code, Code::not_found);
    EXPECT_TRUE(add(amel, symbol("012345-119-16"))) << "the plate of a removed vehicle is free";
}

TEST_F(VehicleTest, OnlyDriversHaveVehicles) {
    Caller stranger{.id = UserId::make(clock.now()), .session = SessionId::make(clock.now())};
    EXPECT_EQ(add(stranger, symbol("012345-119-16")).error().code, Code::driver_required);
}

TEST_F(VehicleTest, OtherPeoplesAreNotFound) {
    const Caller amel = add_driver(), badis = add_driver();
    const auto added = add(amel, symbol("012345-119-16"));
    EXPECT_EQ(run(vehicles.show(badis, added->id)).error().code, Code::not_found);
    EXPECT_EQ(edit(badis, added->id, R"({"seats":2})").error().code, Code::not_found);
    EXPECT_EQ(remove(badis, added->id).error().code, Code::not_found);
    EXPECT_TRUE(run(vehicles.list(badis, {}))->items.empty());
    EXPECT_EQ(run(vehicles.show(amel, added->id))->seats, 4);
}

TEST_F(VehicleTest, APlateBelongsToOneVehicle) {
    const Caller amel = add_driver(), badis = add_driver();
    ASSERT_TRUE(add(amel, symbol("012345-119-16")));
    const auto second = add(badis, symbol("012345.119.16"));
    EXPECT_EQ(second.error().code, Code::already_exists);
    EXPECT_EQ(second.error().fields.at(0).field, "plate");
    const auto other = add(badis, symbol("99999-119-16"));
    EXPECT_EQ(edit(badis, other->id, R"({"plate":"012345-119-16"})").error().code, Code::already_exists);
}

TEST_F(VehicleTest, APlateIsTheSameHoweverItIsPadded) {
    const Caller amel = add_driver(), badis = add_driver();
    EXPECT_EQ(add(amel, symbol("12345-119-16"))->plate, "012345-119-16");
    EXPECT_EQ(add(badis, symbol("012345-119-16")).error().code, Code::already_exists);
    const auto other = add(badis, symbol("099999-119-16"));
    EXPECT_EQ(edit(badis, other->id, R"({"plate":"12345-119-16"})").error().code, Code::already_exists);
}

TEST_F(VehicleTest, APlateNamesAnExistingWilayaAndYear) {
    const Caller amel = add_driver();
    const FieldError nowhere{"plate", {Rule::unknown_reference}};
    for (const auto* plate : {"012345-119-00", "012345-119-70", "012345-119-99", "012345-127-16", "012345-149-16"}) {
        EXPECT_EQ(add(amel, symbol(plate)).error().fields, std::vector{nowhere}) << plate;
    }
    EXPECT_EQ(add(amel, symbol("012345-119-00")).error().reason, (Violation{Rule::unknown_wilaya, "00"}));
    EXPECT_EQ(add(amel, symbol("012345-127-16")).error().reason, (Violation{Rule::unknown_plate_year, "27"}));
    const auto added = add(amel, symbol("012345-126-69"));
    ASSERT_TRUE(added) << "the newest wilaya, this year";
    EXPECT_TRUE(add(amel, symbol("012345-950-01"))) << "a motorcycle of 1950";
    EXPECT_EQ(edit(amel, added->id, R"({"plate":"012345-126-70"})").error().fields, std::vector{nowhere});
}

TEST_F(VehicleTest, AnOldPlateIsNoObstacle) {
    const Caller amel = add_driver();
    const auto added = add(amel, symbol("012345-119-16"));
    add_trip(amel, added->id, "open");
    for (const auto* old : {"00000-000-00", "12345-119-16"}) {
        database.execute(fmt::format("update vehicles set plate = '{}'", old));
        EXPECT_EQ(edit(amel, added->id, R"({"colour":"grey"})")->plate, old);
    }
    EXPECT_EQ(edit(amel, added->id, R"({"plate":"12345-119-16"})")->plate, "012345-119-16")
        << "its new spelling breaks no promise";
}

TEST_F(VehicleTest, TheModelYearEndsWithNextYear) {
    const Caller amel = add_driver();
    EXPECT_TRUE(add(amel, symbol("11111-119-16", 2027)));
    const auto refused = add(amel, symbol("22222-119-16", 2028));
    EXPECT_EQ(refused.error(), fail("year", {Rule::out_of_range, "1950", "2027"}).error());
    clock.set(parse_instant("2026-12-31T23:30:00Z").value());  // already 2027 in Algiers
    const auto next = add(amel, symbol("22222-119-16", 2028));
    ASSERT_TRUE(next);
    EXPECT_EQ(edit(amel, next->id, R"({"year":2029})").error().code, Code::validation_failed);
}

TEST_F(VehicleTest, AVehicleUsedByATripStays) {
    const Caller amel = add_driver();
    const VehicleId id = add(amel, symbol("012345-119-16"))->id;
    for (const auto* idle : {"draft", "completed", "cancelled"}) add_trip(amel, id, idle);
    EXPECT_TRUE(edit(amel, id, R"({"seats":3})"));
    add_trip(amel, id, "open");
    EXPECT_EQ(remove(amel, id).error().code, Code::illegal_transition);
    EXPECT_EQ(remove(amel, id).error().reason, Violation{Rule::used_by_trips});
    EXPECT_EQ(edit(amel, id, R"({"seats":2})").error().code, Code::illegal_transition);
    EXPECT_EQ(edit(amel, id, R"({"plate":"99999-119-16"})").error().code, Code::illegal_transition);
    EXPECT_EQ(edit(amel, id, R"({"fuel":"lpg"})").error().code, Code::illegal_transition);
    EXPECT_TRUE(edit(amel, id, R"({"colour":"black","seats":3})"));
    database.execute("update trips set status = 'in_progress' where status = 'open'");
    EXPECT_EQ(remove(amel, id).error().code, Code::illegal_transition);
    database.execute("update trips set status = 'completed'");
    EXPECT_TRUE(remove(amel, id));
}

TEST_F(VehicleTest, PagesFollowOneAnother) {
    const Caller amel = add_driver();
    for (int i = 0; i < 5; ++i) {
        ASSERT_TRUE(add(amel, symbol(fmt::format("1000{}-119-16", i))));
        clock.advance(std::chrono::milliseconds{1});
    }
    std::vector<std::string> plates;
    ListVehicles page{.cursor = {}, .limit = Bounded<1, 100>::of<2>()};
    for (int pages = 1;; ++pages) {
        const auto found = run(vehicles.list(amel, page));
        ASSERT_TRUE(found);
        for (const auto& vehicle : found->items) plates.push_back(vehicle.plate);
        if (!found->next_cursor) {
            EXPECT_EQ(pages, 3);
            break;
        }
        page.cursor = Text<512>::parse(*found->next_cursor).value();
    }
    ASSERT_EQ(plates.size(), 5U);
    EXPECT_TRUE(std::ranges::is_sorted(plates));
    const Caller badis = add_driver();
    EXPECT_EQ(run(vehicles.list(badis, {.cursor = page.cursor, .limit = {}})).error().code, Code::malformed_request);
}

TEST(VehicleWire, RefusesInvalidVehicles) {
    const auto fields = [](std::string_view json) {
        std::vector<std::string> names;
        const auto parsed = contract::parse_json<AddVehicle>(json);
        if (parsed) return names;
        for (const auto& field : parsed.error().fields) names.push_back(field.field);
        return names;
    };
    EXPECT_EQ(fields(R"({"make":"","model":"Symbol","year":1949,"colour":"pink","seats":9,"plate":"16","fuel":"gas"})"),
              (std::vector<std::string>{"make", "year", "colour", "seats", "plate", "fuel"}));
}

}  // namespace
}  // namespace safargo::vehicles
