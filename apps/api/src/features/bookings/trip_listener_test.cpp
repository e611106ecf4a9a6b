#include "features/bookings/booking_world_test.hpp"

namespace safargo::bookings {
namespace {

using payments::Method;
using trips::BookingMode;
using trips::CancelledBy;

class TripEnds : public World {
protected:
    const UserId driver_ = add_driver("Ahmed Benali"), amina_ = add_user("Amina Kaci"), karim_ = add_user("Karim H.");

    bool anyone_boarded(TripId trip) {
        return testing::run(db_.transact<bool>([this, trip](db::Transaction& tx) { return ask(tx, trip); })).value();
    }

private:
    Task<Result<bool>> ask(db::Transaction& tx, TripId trip) {
        const auto found = co_await seats_.find(tx, trip);
        co_return co_await trips_.anyone_boarded(tx, *found);
    }
};

TEST_F(TripEnds, StartExpiresRequestsAndUnpaidBookings) {
    const TripId trip = add_trip(driver_, {.mode = BookingMode::approval});
    const BookingId asked = book(amina_, trip)->id, sure = book(karim_, trip)->id;
    ASSERT_TRUE(act(&BookingService::accept, as(driver_), sure));
    const BookingId unpaid = book(add_user("Lila"), trip, {.method = Method::sandbox})->id;
    ASSERT_TRUE(act(&BookingService::accept, as(driver_), unpaid));
    EXPECT_EQ(seats_left(trip), "0,0");
    start(trip);
    EXPECT_EQ(status(asked), "expired");
    EXPECT_EQ(status(unpaid), "expired");
    EXPECT_EQ(status(sure), "confirmed");
    EXPECT_EQ(seats_left(trip), "2,2");
    EXPECT_EQ(counter(driver_, "ignored_requests"), 1);
    EXPECT_EQ(code_of(book(add_user("Late"), trip)), Code::trip_departed);
}

TEST_F(TripEnds, CompletionSettlesCashAndLeavesTheCaptureOfOnlineMoney) {
    const TripId trip = add_trip(driver_);
    const BookingId cash = confirmed(amina_, trip), online = confirmed(karim_, trip, Method::sandbox);
    clock_.advance(24h * 5);
    ASSERT_TRUE(board(driver_, cash, by_pin(codes_.pin(cash))));
    clock_.advance(5h);
    complete(trip);
    EXPECT_EQ(status(cash), "settled");
    EXPECT_EQ(payment_status(cash), "captured");
    EXPECT_EQ(news(cash), "confirmed boarded completed settled");
    EXPECT_EQ(status(online), "completed");
    EXPECT_EQ(payments_.captures.at(online), clock_.now() + 24h);
    EXPECT_FALSE(payments_.captures.contains(cash));
    EXPECT_EQ(counter(amina_, "trips_travelled"), 1);
    EXPECT_EQ(counter(karim_, "trips_travelled"), 1);
}

TEST_F(TripEnds, CompletionLeavesEndedBookingsAloneAndExpiresHolds) {
    const TripId trip = add_trip(driver_, {.mode = BookingMode::approval});
    const BookingId asked = book(amina_, trip)->id, gone = book(karim_, trip)->id;
    ASSERT_TRUE(act(&BookingService::cancel, as(karim_), gone));
    complete(trip);
    EXPECT_EQ(status(asked), "expired");
    EXPECT_EQ(status(gone), "cancelled_by_passenger");
    EXPECT_EQ(counter(amina_, "trips_travelled"), 0);
}

TEST_F(TripEnds, CancellationByTheDriverRefundsEveryoneInFull) {
    const TripId trip = add_trip(driver_, {.mode = BookingMode::approval, .departs_in = 20h});
    const BookingId asked = book(amina_, trip)->id, paid = book(karim_, trip, {.method = Method::sandbox})->id;
    ASSERT_TRUE(act(&BookingService::accept, as(driver_), paid));
    testing::run(payments_.held(paid));
    const BookingId unpaid = book(add_user("Lila"), trip, {.method = Method::sandbox})->id;
    ASSERT_TRUE(act(&BookingService::accept, as(driver_), unpaid));
    clock_.advance(31min - 1min);
    clock_.advance(5min);
    cancel(trip, CancelledBy::driver);
    EXPECT_EQ(status(asked), "declined");
    EXPECT_EQ(status(paid), "cancelled_by_driver");
    EXPECT_EQ(status(unpaid), "cancelled_by_driver");
    EXPECT_EQ(payment_status(paid), "refunded");
    EXPECT_EQ(payments_.sharing.at(paid).to_passenger, Dinars{1575});
    EXPECT_EQ(payment_status(unpaid), "cancelled");
    EXPECT_EQ(seats_left(trip), "3,3");
    EXPECT_EQ(counter(driver_, "late_cancellations"), 1);
}

TEST_F(TripEnds, EarlyCancellationCountsAgainstNoOne) {
    const TripId trip = add_trip(driver_);
    confirmed(amina_, trip);
    clock_.advance(1h);
    cancel(trip, CancelledBy::driver);
    EXPECT_EQ(counter(driver_, "late_cancellations"), 0);
}

TEST_F(TripEnds, CancellationWithinThePassengersGraceCountsForTheDriver) {
    const TripId trip = add_trip(driver_, {.departs_in = 20h});
    confirmed(amina_, trip);
    clock_.advance(1min);
    cancel(trip, CancelledBy::driver);
    EXPECT_EQ(counter(driver_, "late_cancellations"), 1);
}

TEST_F(TripEnds, CancellationByTheSystemCountsAgainstNoOne) {
    const TripId trip = add_trip(driver_, {.departs_in = 20h});
    const BookingId sure = confirmed(amina_, trip, Method::sandbox);
    const BookingId unpaid = book(karim_, trip, {.method = Method::sandbox})->id;
    clock_.advance(40h);
    cancel(trip, CancelledBy::system);
    EXPECT_EQ(status(sure), "cancelled_by_admin");
    EXPECT_EQ(status(unpaid), "cancelled_by_admin");
    EXPECT_EQ(payments_.sharing.at(sure).to_passenger, Dinars{1575});
    EXPECT_EQ(counter(driver_, "late_cancellations"), 0);
}

TEST_F(TripEnds, CancellationOnTheWayChargesNoOneAboard) {
    const TripId trip = add_trip(driver_);
    const BookingId aboard = confirmed(amina_, trip, Method::sandbox);
    ASSERT_TRUE(board(driver_, aboard, by_pin(codes_.pin(aboard))));
    cancel(trip, CancelledBy::driver);
    EXPECT_EQ(status(aboard), "settled");
    EXPECT_EQ(payment_status(aboard), "refunded");
    EXPECT_EQ(payments_.sharing.at(aboard).to_passenger, Dinars{1575});
    EXPECT_EQ(counter(amina_, "trips_travelled"), 0);
}

TEST_F(TripEnds, KnowWhetherAnyoneBoarded) {
    const TripId trip = add_trip(driver_);
    const BookingId id = confirmed(amina_, trip);
    EXPECT_FALSE(anyone_boarded(trip));
    ASSERT_TRUE(board(driver_, id, by_pin(codes_.pin(id))));
    EXPECT_TRUE(anyone_boarded(trip));
    ASSERT_TRUE(act(&BookingService::complete, as(driver_), id));
    EXPECT_TRUE(anyone_boarded(trip));
}

}  // namespace
}  // namespace safargo::bookings
