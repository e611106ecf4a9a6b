#include "features/vehicles/service.hpp"
#include "testing/test_database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

namespace safargo::vehicles {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::run;

class VehiclePhotosTest : public ::testing::Test {
protected:
    Caller add_driver() {
        const Caller caller{.id = UserId::make(clock.now()), .session = {}};
        database.execute(fmt::format(
            "insert into users (id, email, name, role, created_at) values ('{0}', '{0}@example.dz', 'Amel', 'driver', "
            "now()); insert into drivers values ('{0}', '{0}', '2031-01-01', now())",
            caller.id.str()));
        return caller;
    }
    VehicleId add_vehicle(const Caller& driver) {
        const VehicleId id = VehicleId::make(clock.now());
        database.execute(
            fmt::format("insert into vehicles values ('{0}', '{1}', 'Renault', 'Symbol', 2019, 'white', 4, '{0}', "
                        "'petrol', now(), null)",
                        id.str(), driver.id.str()));
        return id;
    }
    UploadId finished(const Caller& owner) {
        const UploadId id = UploadId::make(clock.now());
        database.execute(
            fmt::format("insert into pictures (id, owner_id, purpose, width, height, created_at) values "
                        "('{}', '{}', 'vehicle_photo', 1280, 960, now())",
                        id.str(), owner.id.str()));
        return id;
    }
    Result<VehicleView> add(const Caller& caller, VehicleId vehicle, UploadId upload) {
        return run(db.transact<VehicleView>(
            [&](db::Transaction& tx) { return vehicles.add_photo(tx, caller, vehicle, {upload}); }));
    }
    Result<Nothing> remove(const Caller& caller, VehicleId vehicle, UploadId picture) {
        return run(db.transact<Nothing>([&](db::Transaction& tx) {
            return vehicles.remove_photo(tx, caller, {vehicle, PictureId{picture.value}});
        }));
    }
    std::vector<std::string> shown(VehicleId vehicle) {
        std::vector<std::string> ids;
        for (const Picture& picture : run(vehicles.show(amel, vehicle)).value().photos) ids.push_back(picture.id.str());
        return ids;
    }
    std::int64_t discarded() {
        static constexpr db::Statement count{"test_count",
                                             "select count(*) from pictures where discarded_at is not null"};
        return run(db.query(count))[0].get<std::int64_t>(0);
    }

    testing::TestDatabase database;
    db::Database& db = database.db();
    FakeClock clock{parse_instant("2026-12-01T08:00:00Z").value()};
    api::CursorSigner cursors{"0123456789abcdef0123456789abcdef"};
    drivers::DriverService drivers{db, clock};
    geo::GazetteerData country;
    VehicleService vehicles{db, clock, drivers, cursors, country};
    Caller amel = add_driver(), badis = add_driver();
    VehicleId car = add_vehicle(amel);
};

TEST_F(VehiclePhotosTest, AreShownInTheOrderTheyCame) {
    const UploadId front = finished(amel), side = finished(amel);
    ASSERT_TRUE(add(amel, car, front));
    const auto both = add(amel, car, side);
    ASSERT_TRUE(both);
    EXPECT_EQ(both->photos.size(), 2u);
    EXPECT_THAT(shown(car), ElementsAre(front.str(), side.str()));
    EXPECT_EQ(run(vehicles.list(amel, {}))->items.at(0).photos.size(), 2u);
    ASSERT_TRUE(add(amel, car, front)) << "again";
    EXPECT_THAT(shown(car), ElementsAre(front.str(), side.str()));
}

TEST_F(VehiclePhotosTest, AreSixAtMost) {
    std::vector<UploadId> all;
    for (int i = 0; i < 6; ++i) ASSERT_TRUE(add(amel, car, all.emplace_back(finished(amel))));
    const UploadId more = finished(amel);
    const auto refused = add(amel, car, more);
    EXPECT_EQ(refused.error().code, Code::too_many_photos);
    EXPECT_EQ(refused.error().reason, (Violation{Rule::most_photos, "6"}));
    EXPECT_TRUE(add(amel, car, all[0])) << "the same again is no seventh";
    ASSERT_TRUE(remove(amel, car, all[2]));
    EXPECT_TRUE(add(amel, car, more)) << "the refusal has not used it up";
}

TEST_F(VehiclePhotosTest, AreTheirDriversOwn) {
    EXPECT_EQ(add(badis, car, finished(badis)).error().code, Code::not_found);
    EXPECT_EQ(add(amel, car, finished(badis)).error().fields.at(0).field, "upload_id");
    const UploadId upload = finished(amel);
    ASSERT_TRUE(add(amel, car, upload));
    EXPECT_EQ(remove(badis, car, upload).error().code, Code::not_found);
    EXPECT_EQ(add(amel, add_vehicle(amel), upload).error().code, Code::upload_used);
    EXPECT_THAT(shown(car), ElementsAre(upload.str()));
}

TEST_F(VehiclePhotosTest, AreRemovedWithTheirFiles) {
    const UploadId upload = finished(amel);
    ASSERT_TRUE(add(amel, car, upload));
    ASSERT_TRUE(remove(amel, car, upload));
    EXPECT_THAT(shown(car), IsEmpty());
    EXPECT_EQ(discarded(), 1);
    EXPECT_EQ(remove(amel, car, upload).error().code, Code::not_found);
}

TEST_F(VehiclePhotosTest, GoWithTheVehicle) {
    ASSERT_TRUE(add(amel, car, finished(amel)));
    ASSERT_TRUE(add(amel, car, finished(amel)));
    ASSERT_TRUE(run(db.transact<Nothing>([&](db::Transaction& tx) { return vehicles.remove(tx, amel, car); })));
    EXPECT_EQ(discarded(), 2);
}

}  // namespace
}  // namespace safargo::vehicles
