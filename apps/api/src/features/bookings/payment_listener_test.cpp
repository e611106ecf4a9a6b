#include "features/bookings/booking_world_test.hpp"

namespace safargo::bookings {
namespace {

using payments::Method;

class Money : public World {
protected:
    const UserId driver_ = add_driver("Ahmed Benali"), amina_ = add_user("Amina Kaci"), karim_ = add_user("Karim H.");

    BookingId unpaid(TripId trip) { return book(amina_, trip, {.method = Method::sandbox}).value().id; }
    void expire(BookingId id) {
        clock_.advance(30min);
        testing::run(overdue_.expire_all(clock_.now()));
        ASSERT_EQ(status(id), "expired");
    }
    void edit_trip(TripId trip, const std::string& change) {
        database_.execute("update trips set " + change + " where id = '" + trip.str() + "'");
    }
    void capture(BookingId id) {
        testing::run(db_.transact<Nothing>([this, id](db::Transaction& tx) { return record_capture(tx, id); }));
    }

private:
    Task<Result<Nothing>> record_capture(db::Transaction& tx, BookingId id) {
        co_await money_.captured(tx, id);
        co_return Nothing{};
    }
};

TEST_F(Money, ThatArrivesTwiceConfirmsOnce) {
    const BookingId id = unpaid(add_trip(driver_));
    testing::run(payments_.held(id));
    testing::run(payments_.held(id));
    EXPECT_EQ(status(id), "confirmed");
    EXPECT_EQ(news(id), "awaiting_payment confirmed");
}

TEST_F(Money, ThatIsLateButBeforeTheSweepStillConfirms) {
    const BookingId id = unpaid(add_trip(driver_));
    clock_.advance(2h);
    testing::run(payments_.held(id));
    EXPECT_EQ(status(id), "confirmed");
    EXPECT_EQ(payment_status(id), "hold");
}

TEST_F(Money, ThatIsLateTakesFreeSeatsAgain) {
    const TripId trip = add_trip(driver_, {.seats = 1});
    const BookingId id = unpaid(trip);
    expire(id);
    EXPECT_EQ(seats_left(trip), "1,1");
    testing::run(payments_.held(id));
    EXPECT_EQ(status(id), "confirmed");
    EXPECT_EQ(payment_status(id), "hold");
    EXPECT_EQ(seats_left(trip), "0,0");
    EXPECT_EQ(news(id), "awaiting_payment expired confirmed");
}

TEST_F(Money, ThatIsLateIsGivenBackWhenTheSeatsAreSold) {
    const TripId trip = add_trip(driver_, {.seats = 1});
    const BookingId id = unpaid(trip);
    expire(id);
    confirmed(karim_, trip);
    testing::run(payments_.held(id));
    EXPECT_EQ(status(id), "expired");
    EXPECT_EQ(payment_status(id), "cancelled");
    EXPECT_EQ(payments_.releases[id], 1);
    EXPECT_EQ(seats_left(trip), "0,0");
    EXPECT_EQ(news(id), "awaiting_payment expired money_returned");
}

TEST_F(Money, ThatIsLateIsGivenBackWhenThePassengerBookedAnotherRide) {
    const TripId trip = add_trip(driver_);
    const BookingId id = unpaid(trip);
    expire(id);
    confirmed(amina_, add_trip(add_driver("Brahim"), {.departs_in = 119h}));
    testing::run(payments_.held(id));
    EXPECT_EQ(status(id), "expired");
    EXPECT_EQ(seats_left(trip), "3,3");
    EXPECT_EQ(payments_.releases[id], 1);
}

TEST_F(Money, ThatIsLateIsGivenBackOnceTheTripLeft) {
    const TripId trip = add_trip(driver_, {.departs_in = 40min});
    const BookingId swept = unpaid(trip);
    expire(swept);
    const BookingId waiting = book(karim_, trip, {.method = Method::sandbox})->id;
    clock_.advance(20min);
    testing::run(payments_.held(swept));
    testing::run(payments_.held(waiting));
    EXPECT_EQ(status(swept), "expired");
    EXPECT_EQ(status(waiting), "expired");
    EXPECT_EQ(payments_.releases[swept], 1);
    EXPECT_EQ(payments_.releases[waiting], 1);
    EXPECT_EQ(news(waiting), "awaiting_payment expired money_returned");
    EXPECT_EQ(seats_left(trip), "3,3");
}

TEST_F(Money, ThatIsLateIsGivenBackWhenTheTripGoesToAnotherPlace) {
    for (const auto* edit : {"stop_lats[3] = 35.4", "stop_lngs[1] = 3.0",
                             "stop_lats = '{36.7538,36.5,36.1652,35.6971}', "
                             "stop_lngs = '{3.0588,2.8,1.3345,-0.6308}', stop_labels = '{Alger,Blida,Chlef,Oran}', "
                             "stop_communes = '{\"\",\"\",\"\",\"\"}', stop_times = stop_times[1:1] || stop_times, "
                             "stop_prices = '{0,700,1500,1500}', leg_seats_left = '{3,3,3}'"}) {
        const TripId trip = add_trip(add_driver("Brahim"));
        const BookingId id = unpaid(trip);
        expire(id);
        edit_trip(trip, edit);
        testing::run(payments_.held(id));
        EXPECT_EQ(status(id), "expired") << edit;
        EXPECT_EQ(payments_.releases[id], 1) << edit;
        EXPECT_EQ(news(id), "awaiting_payment expired money_returned") << edit;
    }
}

TEST_F(Money, ThatIsLateTakesSeatsOfATripThatNowStopsElsewhereBetween) {
    const TripId trip = add_trip(driver_);
    const BookingId id = unpaid(trip);
    expire(id);
    edit_trip(trip, "stop_lats[2] = 36.2, note = 'par l''autoroute'");
    testing::run(payments_.held(id));
    EXPECT_EQ(status(id), "confirmed");
}

TEST_F(Money, ThatIsLateOfAnOlderVersionIsGivenBack) {
    const BookingId id = unpaid(add_trip(driver_));
    expire(id);
    database_.execute(
        "update bookings set pickup_lat = null, pickup_lng = null, dropoff_lat = null, dropoff_lng = null");
    testing::run(payments_.held(id));
    EXPECT_EQ(status(id), "expired") << "the booked place is unknown";
}

TEST_F(Money, ThatIsLateIsGivenBackOnceTheTripIsForWomenOnly) {
    const UserId lina = add_user("Lina Meziane", "female");
    const TripId trip = add_trip(driver_);
    const BookingId karims = book(karim_, trip, {.method = Method::sandbox})->id;
    const BookingId hers = book(lina, trip, {.method = Method::sandbox})->id;
    expire(karims);
    edit_trip(trip, "women_only = true");
    testing::run(payments_.held(karims));
    testing::run(payments_.held(hers));
    EXPECT_EQ(status(karims), "expired");
    EXPECT_EQ(payments_.releases[karims], 1);
    EXPECT_EQ(status(hers), "confirmed");
}

TEST_F(Money, ForABookingThatThePassengerCancelledIsGivenBack) {
    const TripId trip = add_trip(driver_);
    const BookingId id = unpaid(trip);
    ASSERT_TRUE(act(&BookingService::cancel, as(amina_), id));
    testing::run(payments_.held(id));
    EXPECT_EQ(status(id), "cancelled_by_passenger");
    EXPECT_EQ(payments_.releases[id], 1);
    EXPECT_EQ(news(id), "awaiting_payment cancelled_by_passenger money_returned");
    EXPECT_EQ(seats_left(trip), "3,3");
}

TEST_F(Money, ThatWasAlreadySplitIsNotGivenBackTwice) {
    const BookingId id = confirmed(amina_, add_trip(driver_), Method::sandbox);
    ASSERT_TRUE(act(&BookingService::cancel, as(amina_), id));
    testing::run(payments_.held(id));
    EXPECT_EQ(payment_status(id), "refunded");
    EXPECT_EQ(payments_.releases[id], 0);
    EXPECT_EQ(news(id), "awaiting_payment confirmed cancelled_by_passenger");
}

TEST_F(Money, CapturedSettlesACompletedBooking) {
    const TripId trip = add_trip(driver_);
    const BookingId id = confirmed(amina_, trip, Method::sandbox);
    complete(trip);
    EXPECT_TRUE(may_capture(id));
    capture(id);
    capture(id);
    EXPECT_EQ(status(id), "settled");
    EXPECT_EQ(news(id), "awaiting_payment confirmed completed counted_as_travelled settled");
}

TEST_F(Money, IsCapturedOnlyForARide) {
    const TripId trip = add_trip(driver_);
    const BookingId id = confirmed(amina_, trip, Method::sandbox);
    EXPECT_FALSE(may_capture(id)) << "only confirmed: the driver may still cancel";
    ASSERT_TRUE(board(driver_, id, by_pin(codes_.pin(id))));
    EXPECT_FALSE(may_capture(id)) << "on the way";
    complete(trip);
    EXPECT_TRUE(may_capture(id));
}

TEST_F(Money, IsCapturedForAPassengerWhoDidNotCome) {
    const TripId trip = add_trip(driver_, {.departs_in = 2h});
    const BookingId id = confirmed(amina_, trip, Method::sandbox);
    start(trip);
    clock_.advance(2h + 15min);
    ASSERT_TRUE(act(&BookingService::report_missing, as(driver_), id));
    clock_.advance(24h - 1us);
    EXPECT_FALSE(may_capture(id)) << "it may still be contested, even if a task comes early";
    clock_.advance(1us);
    EXPECT_TRUE(may_capture(id));
    capture(id);
    EXPECT_EQ(status(id), "no_show_passenger");
}

TEST_F(Money, OfADisputedBookingIsFrozen) {
    const TripId trip = add_trip(driver_);
    const BookingId id = confirmed(amina_, trip, Method::sandbox);
    complete(trip);
    text("update bookings set status = 'disputed' where id = $1 returning status", id.value);
    EXPECT_FALSE(may_capture(id));
    capture(id);
    EXPECT_EQ(status(id), "disputed");
    EXPECT_FALSE(may_capture(BookingId::make(clock_.now())));
}

TEST_F(Money, OfABookingThatDoesNotExistIsABug) {
    EXPECT_THROW(testing::run(payments_.held(BookingId::make(clock_.now()))), std::logic_error);
}

}  // namespace
}  // namespace safargo::bookings
