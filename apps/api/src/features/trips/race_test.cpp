// A driver with several devices: what must hold when two publish at once, on real connections.
#include "features/trips/trip_world_test.hpp"
#include "testing/gate.hpp"

namespace safargo::trips {
namespace {

using namespace std::chrono_literals;

class RaceTest : public TripWorld {
protected:
    Task<void> publish_at_once(testing::Gate& gate, Caller caller, TripId id, std::vector<Code>& refusals) {
        const auto published = co_await db.transact<TripView>(
            [&gate, this, caller, id](db::Transaction& tx) { return wait_and_publish(gate, tx, caller, id); });
        if (!published) refusals.push_back(published.error().code);
    }
    Task<Result<TripView>> wait_and_publish(testing::Gate& gate, db::Transaction& tx, Caller caller, TripId id) {
        constexpr db::Statement begin{"test_begin", "select 1"};
        co_await tx.query(begin);
        co_await gate.pass();
        co_return co_await trips.editing.publish(tx, caller, id);
    }
    // Publishes all at the same moment; returns the refusals.
    std::vector<Code> publish_all(const std::vector<std::pair<Caller, TripId>>& drafts) {
        testing::Gate gate(drafts.size());
        std::vector<Code> refusals;
        std::vector<Task<void>> tasks;
        for (const auto& [caller, id] : drafts) tasks.push_back(publish_at_once(gate, caller, id, refusals));
        testing::run_all(std::move(tasks));
        return refusals;
    }
    std::vector<std::pair<Caller, TripId>> drafts_at(const std::vector<Instant>& departures) {
        const std::string way =
            R"([{"lat":36.75,"lng":3.05,"label":"a"},{"lat":36.7,"lng":3.2,"label":"b","price":0}])";
        std::vector<std::pair<Caller, TripId>> made;
        for (const Instant at : departures) {
            made.emplace_back(driver, create(driver, trip_json(car, at, "", way)).value().id);
        }
        return made;
    }
};

TEST_F(RaceTest, OfTwoOverlappingTripsOneIsPublished) {
    for (int day = 1; day <= 5; ++day) {
        const Instant at = clock.now() + day * 24h;
        EXPECT_EQ(publish_all(drafts_at({at, at + 1min})), (std::vector<Code>{Code::overlapping_trip}));
    }
}

TEST_F(RaceTest, TheDailyLimitHoldsWhenAllArePublishedAtOnce) {
    const Instant morning = parse_instant("2026-12-03T06:00:00Z").value();
    std::vector<Instant> departures;
    for (int i = 0; i < 7; ++i) departures.push_back(morning + i * 2h);
    EXPECT_EQ(publish_all(drafts_at(departures)), (std::vector<Code>(3, Code::daily_limit)));
}

TEST_F(RaceTest, OfOneDraftPublishedTwiceOneIsRefused) {
    const auto once = drafts_at({tomorrow}).at(0);
    EXPECT_EQ(publish_all({once, once}), (std::vector<Code>{Code::illegal_transition}));
    EXPECT_EQ(look(once.second).version, 2);
}

TEST_F(RaceTest, OfTwoDriversWithOnePlateOneDrivesThatDay) {
    const auto mine = drafts_at({tomorrow}).at(0);
    database.execute("update vehicles set deleted_at = now(), plate = 'x'");
    const Caller other = add_driver();
    const VehicleId sold = add_vehicle(other, "012345-119-16");
    const TripId theirs = create(other, trip_json(sold, tomorrow + 1h)).value().id;
    // As if the plate had changed hands between the two drafts.
    database.execute("drop index vehicles_plate_key; update vehicles set deleted_at = null, plate = '012345-119-16'");
    EXPECT_EQ(publish_all({mine, {other, theirs}}), (std::vector<Code>{Code::plate_in_use}));
}

}  // namespace
}  // namespace safargo::trips
