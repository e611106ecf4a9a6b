// A driver's open pages are told what becomes of their trips; bookings tell the passengers.
#include "features/live/live_events_test.hpp"
#include "features/trips/trip_world_test.hpp"

namespace safargo::trips {
namespace {

using live::test::count_told;
using live::test::live_events_of;
using Lines = std::vector<std::string>;

class LiveNews : public TripWorld {
protected:
    Lines of_driver(TripId trip) { return live_events_of(db, driver.id, trip.value); }
};

TEST_F(LiveNews, FollowATripThroughItsLife) {
    const TripView trip = draft(tomorrow);
    ASSERT_TRUE(edit(trip, R"({"note": "a small suitcase"})"));
    ASSERT_TRUE(publish(driver, trip.id));
    clock.set(tomorrow);
    ASSERT_TRUE(start(driver, trip.id));
    ASSERT_TRUE(complete(driver, trip.id));
    EXPECT_EQ(of_driver(trip.id),
              (Lines{"trip drafted", "trip edited", "trip published", "trip started", "trip completed"}));
    EXPECT_EQ(count_told(db), 5) << "nobody else is told";
}

TEST_F(LiveNews, OfATripThatOthersEndAreForItsDriver) {
    const Caller admin = add_user(Role::admin);
    const TripView trip = offer(tomorrow);
    ASSERT_TRUE(cancel(admin, trip.id));
    EXPECT_EQ(of_driver(trip.id), (Lines{"trip published", "trip cancelled"}));
    EXPECT_EQ(live_events_of(db, admin.id), Lines{});
}

TEST_F(LiveNews, ARefusedActionTellsNothing) {
    const TripView trip = offer(tomorrow);
    const Caller other = add_driver();
    EXPECT_FALSE(cancel(other, trip.id));
    EXPECT_FALSE(publish(driver, trip.id));
    diary.agrees = false;
    EXPECT_FALSE(edit(trip, R"({"note": "a small suitcase"})"));
    EXPECT_EQ(of_driver(trip.id), Lines{"trip published"});
}

}  // namespace
}  // namespace safargo::trips
