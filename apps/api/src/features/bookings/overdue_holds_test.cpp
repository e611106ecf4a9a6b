#include "features/bookings/booking_world_test.hpp"

namespace safargo::bookings {
namespace {

using payments::Method;
using trips::BookingMode;

class OverdueHoldsTest : public World {};

TEST_F(OverdueHoldsTest, GiveTheirSeatsBackAtTheirDeadline) {
    const UserId driver = add_driver("Ahmed Benali");
    const TripId trip = add_trip(driver), strict = add_trip(add_driver("Brahim"), {.mode = BookingMode::approval});
    const UserId amina = add_user("Amina Kaci");
    const BookingId unpaid = book(amina, trip, {.method = Method::sandbox})->id;
    const BookingId sure = confirmed(add_user("Karim"), trip);
    const BookingId asked = book(add_user("Lila"), strict)->id;

    EXPECT_EQ(testing::run(overdue_.expire_all(clock_.now() + 30min - 1us)), 0);
    EXPECT_EQ(testing::run(overdue_.expire_all(clock_.now() + 30min)), 1);
    EXPECT_EQ(status(unpaid), "expired");
    EXPECT_EQ(payment_status(unpaid), "cancelled");
    EXPECT_EQ(status(asked), "requested");
    EXPECT_EQ(testing::run(overdue_.expire_all(clock_.now() + 3h)), 1);
    EXPECT_EQ(status(asked), "expired");
    EXPECT_EQ(status(sure), "confirmed");
    EXPECT_EQ(testing::run(overdue_.expire_all(clock_.now() + 100h)), 0);
    EXPECT_EQ(seats_left(trip), "2,2");
    EXPECT_EQ(seats_left(strict), "3,3");
    EXPECT_EQ(counter(driver, "ignored_requests"), 0);  // an unpaid booking is not the driver's silence
}

TEST_F(OverdueHoldsTest, AreAnsweredForPickupsCloseAhead) {
    const TripId trip = add_trip(add_driver("Ahmed"), {.departs_in = 20min});
    const auto unpaid = book(add_user("Amina"), trip, {.method = Method::sandbox});
    EXPECT_EQ(unpaid->expires_at, clock_.now() + 10min);
    const auto from_chlef = book(add_user("Karim"), trip, {.from = 1, .to = 2, .method = Method::sandbox});
    EXPECT_EQ(from_chlef->expires_at, clock_.now() + 30min);
}

}  // namespace
}  // namespace safargo::bookings
