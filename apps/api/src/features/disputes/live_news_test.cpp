// A dispute is shown with its booking: the open pages of both people are told, and no moderator's.
#include "features/disputes/disputes_world_test.hpp"
#include "features/live/live_events_test.hpp"

namespace safargo::disputes {
namespace {

using live::test::live_events_of;
using Lines = std::vector<std::string>;

class LiveNews : public DisputesWorld {};

TEST_F(LiveNews, FollowADisputeFromItsOpeningToItsDecision) {
    const BookingId id = travelled();
    const UserId stranger = add_user("Stranger");
    database_.execute("delete from user_events");
    ASSERT_TRUE(open(passenger, id));
    ASSERT_TRUE(answer(driver, id));
    ASSERT_TRUE(resolve(id, 420));
    const Lines lines{"booking disputed", "booking dispute_opened", "booking dispute_answered", "booking settled",
                      "booking dispute_resolved"};
    EXPECT_EQ(live_events_of(db_, passenger, id.value), lines);
    EXPECT_EQ(live_events_of(db_, driver, id.value), lines);
    EXPECT_EQ(live_events_of(db_, admin.id), Lines{});
    EXPECT_EQ(live_events_of(db_, stranger), Lines{});
}

TEST_F(LiveNews, ALetterAboutItIsToldToItsReader) {
    const BookingId id = travelled();
    ASSERT_TRUE(open(passenger, id));
    database_.execute("delete from user_events");
    work_off();
    const Lines of_driver = live_events_of(db_, driver, id.value);
    EXPECT_NE(std::ranges::find(of_driver, "notification dispute_opened"), of_driver.end());
    const Lines of_opener = live_events_of(db_, passenger, id.value);
    EXPECT_EQ(std::ranges::find(of_opener, "notification dispute_opened"), of_opener.end());
}

}  // namespace
}  // namespace safargo::disputes
