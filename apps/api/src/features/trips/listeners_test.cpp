#include "features/trips/listeners.hpp"

#include "features/trips/trip_world_test.hpp"

namespace safargo::trips {
namespace {

using Lines = std::vector<std::string>;

class ListenersTest : public TripWorld {
protected:
    ListenersTest() { trips.listeners.add(second); }

    Diary second;
};

TEST_F(ListenersTest, AreToldOfEveryChangeOfATrip) {
    const TripView trip = offer(clock.now() + 1h);
    ASSERT_TRUE(edit(trip, R"({"note": "n"})"));
    ASSERT_TRUE(start(driver, trip.id));
    ASSERT_TRUE(complete(driver, trip.id));
    EXPECT_EQ(diary.lines, (Lines{"edited by 0 in open", "started in in_progress", "completed in completed"}));
    EXPECT_EQ(second.lines, diary.lines);
}

TEST_F(ListenersTest, TheFirstRefusalOfAnEditStopsIt) {
    diary.agrees = false;
    EXPECT_EQ(code_of(edit(offer(tomorrow), R"({"note": "n"})")), Code::illegal_transition);
    EXPECT_EQ(diary.lines.size(), 1U);
    EXPECT_EQ(second.lines, Lines{}) << "the second listener is not called";
}

TEST_F(ListenersTest, OneThatKnowsOfABoardedPassengerIsEnough) {
    const TripView trip = offer(clock.now() + 1h);
    second.boarded = true;
    clock.set(trip.arrival_at + 13h);
    EXPECT_EQ(testing::run(trips.lifecycle.complete_overdue(clock.now())), 1);
    EXPECT_EQ(look(trip.id).status, TripStatus::completed);
}

}  // namespace
}  // namespace safargo::trips
