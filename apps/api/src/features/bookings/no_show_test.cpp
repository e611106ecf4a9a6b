// Somebody does not come: the passenger, as the driver says, or the driver, as the passenger says.
#include "features/bookings/booking_world_test.hpp"

namespace safargo::bookings {
namespace {

using payments::Method;

class NoShow : public World {
protected:
    const UserId driver_ = add_driver("Ahmed Benali"), amina_ = add_user("Amina Kaci");
    const TripId trip_ = add_trip(driver_, {.departs_in = 2h});

    Result<BookingView> report(Caller who, BookingId id) { return act(&BookingService::report_missing, who, id); }
};

TEST_F(NoShow, OfThePassengerIsSaidOnARideFromThePickupOn) {
    const BookingId id = confirmed(amina_, trip_, Method::sandbox);
    start(trip_);
    clock_.advance(2h - 1us);
    EXPECT_EQ(code_of(report(as(driver_), id)), Code::illegal_transition);
    clock_.advance(1us);
    const auto missing = report(as(driver_), id);
    ASSERT_TRUE(missing);
    EXPECT_EQ(missing->status, BookingStatus::no_show_passenger);
    EXPECT_EQ(seats_left(trip_), "3,3");
    complete(trip_);
    EXPECT_EQ(status(id), "no_show_passenger");
    EXPECT_EQ(counter(amina_, "trips_travelled"), 0);
    EXPECT_EQ(code_of(report(as(driver_), id)), Code::illegal_transition);
}

TEST_F(NoShow, OfThePassengerNeedsARide) {
    const BookingId id = confirmed(amina_, trip_, Method::sandbox);
    clock_.advance(3h);
    EXPECT_EQ(code_of(report(as(driver_), id)), Code::illegal_transition) << "the driver never set off";
    EXPECT_EQ(status(id), "confirmed");
    EXPECT_EQ(payment_status(id), "hold");
}

TEST_F(NoShow, OfThePassengerPaysTheDriverAfterTheDelayThatARideHas) {
    const BookingId id = confirmed(amina_, trip_, Method::sandbox);
    start(trip_);
    clock_.advance(2h);
    ASSERT_TRUE(report(as(driver_), id));
    EXPECT_EQ(payment_status(id), "hold") << "a dispute may still freeze it";
    EXPECT_FALSE(payments_.sharing.contains(id));
    EXPECT_EQ(payments_.captures.at(id), clock_.now() + 24h);
}

TEST_F(NoShow, OfThePassengerTakesNoCash) {
    const BookingId id = confirmed(amina_, trip_);
    start(trip_);
    clock_.advance(2h);
    ASSERT_TRUE(report(as(driver_), id));
    EXPECT_EQ(payment_status(id), "cancelled");
    EXPECT_FALSE(payments_.captures.contains(id));
}

TEST_F(NoShow, OfTheDriverGivesEverythingBackAndCountsForHim) {
    const BookingId id = confirmed(amina_, trip_, Method::sandbox);
    clock_.advance(2h - 1us);
    EXPECT_EQ(code_of(report(as(amina_), id)), Code::illegal_transition);
    clock_.advance(1us);
    const auto missing = report(as(amina_), id);
    ASSERT_TRUE(missing);
    EXPECT_EQ(missing->status, BookingStatus::no_show_driver);
    EXPECT_EQ(payments_.sharing.at(id).to_passenger, Dinars{1575});
    EXPECT_EQ(counter(driver_, "late_cancellations"), 1);
    EXPECT_EQ(counter(amina_, "late_cancellations"), 0);
    EXPECT_EQ(seats_left(trip_), "3,3");
    EXPECT_EQ(code_of(report(as(driver_), id)), Code::illegal_transition) << "who spoke first is heard; then disputes";
}

TEST_F(NoShow, OfTheDriverIsNotSaidFromHisCar) {
    const BookingId id = confirmed(amina_, trip_);
    ASSERT_TRUE(board(driver_, id, by_pin(codes_.pin(id))));
    clock_.advance(2h);
    EXPECT_EQ(code_of(report(as(amina_), id)), Code::illegal_transition);
    EXPECT_EQ(counter(driver_, "late_cancellations"), 0);
}

TEST_F(NoShow, IsSaidByTheTwoAlone) {
    const BookingId id = confirmed(amina_, trip_);
    clock_.advance(2h);
    const UserId stranger = add_user("Someone");
    for (const Caller& other : {as(stranger), as(stranger, Role::moderator), as(stranger, Role::admin)}) {
        EXPECT_EQ(code_of(report(other, id)), Code::not_found);
    }
    EXPECT_EQ(status(id), "confirmed");
}

}  // namespace
}  // namespace safargo::bookings
