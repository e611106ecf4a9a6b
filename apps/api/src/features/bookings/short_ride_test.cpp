// Rides that end too early to count as a ride: their money is deferred, and moderators see them.
#include "features/bookings/booking_world_test.hpp"

namespace safargo::bookings {
namespace {

using payments::Method;

// Pickup in 90 minutes, 5 hours to drive: a third is over 3 h 10 min from now.
class ShortRide : public World {
protected:
    ShortRide() : World(2h) {}

    const UserId driver_ = add_driver("Ahmed Benali"), amina_ = add_user("Amina Kaci");
    const TripId trip_ = add_trip(driver_, {.departs_in = 90min});
    static constexpr auto a_third = 90min + 100min;

    BookingId aboard(Method method) {
        const BookingId id = confirmed(amina_, trip_, method);
        EXPECT_TRUE(board(driver_, id, by_pin(codes_.pin(id))));
        return id;
    }
    std::string flags_of(BookingId id) {
        return text("select coalesce(string_agg(kind, ' '), '') from flags where booking_id = $1", id.value);
    }
    std::optional<Instant> waits_until(BookingId id) { return payable(id)->waits_until; }
    // The rows that are due, as the dispatcher sends them.
    void send_due_cash() {
        static constexpr db::Statement due{"test_due_cash", R"(
            update outbox set sent_at = $1 where kind = 'booking.cash_due' and sent_at is null and available_at <= $1
            returning payload)"};
        const db::Rows rows = testing::run(db_.query(due, clock_.now()));
        for (const db::Row row : rows) {
            testing::run(late_cash_.subscription().handlings[0].handler({.payload = row.get<std::string>(0)}));
        }
    }
    Task<Result<Nothing>> end_with(BookingTripListener& listener, db::Transaction& tx) {
        const auto trip = co_await seats_.lock(tx, trip_);
        co_await listener.completed(tx, *trip);
        co_return Nothing{};
    }
};

TEST_F(ShortRide, CapturesNothingWhileItCanBeDisputed) {
    const BookingId id = aboard(Method::sandbox);
    clock_.advance(a_third - 1us);
    ASSERT_TRUE(act(&BookingService::complete, as(driver_), id));
    EXPECT_EQ(payments_.captures.at(id), clock_.now() + 48h);
    EXPECT_EQ(flags_of(id), "short_ride");
    clock_.advance(48h - 1us);
    EXPECT_FALSE(may_capture(id)) << "not even by an admin";
    clock_.advance(1us);
    EXPECT_TRUE(may_capture(id));
}

TEST_F(ShortRide, SaysUntilWhenItsMoneyWaits) {
    const BookingId id = aboard(Method::sandbox);
    EXPECT_EQ(waits_until(id), std::nullopt);
    ASSERT_TRUE(act(&BookingService::complete, as(driver_), id));
    const Instant until = clock_.now() + 48h;
    EXPECT_EQ(waits_until(id), until);
    text("update bookings set status = 'settled' where id = $1 returning status", id.value);
    EXPECT_EQ(waits_until(id), std::nullopt) << "decided, or undone";
    text("update bookings set status = 'completed' where id = $1 returning status", id.value);
    clock_.set(until);
    EXPECT_EQ(waits_until(id), std::nullopt);
}

TEST_F(ShortRide, IsShortUntilAThirdOfItsTime) {
    const BookingId id = aboard(Method::sandbox);
    clock_.advance(a_third);
    ASSERT_TRUE(act(&BookingService::complete, as(driver_), id));
    EXPECT_EQ(payments_.captures.at(id), clock_.now() + 24h);
    EXPECT_EQ(flags_of(id), "");
    EXPECT_TRUE(may_capture(id));
    EXPECT_EQ(news(id), "awaiting_payment confirmed boarded completed counted_as_travelled")
        << "reported as boarded before the pickup";
}

TEST_F(ShortRide, IsShortTooWhenTheTripIsCompleted) {
    const BookingId id = aboard(Method::sandbox);
    complete(trip_);
    EXPECT_EQ(status(id), "completed");
    EXPECT_EQ(payments_.captures.at(id), clock_.now() + 48h);
    EXPECT_EQ(flags_of(id), "short_ride");
    EXPECT_EQ(news(id), "awaiting_payment confirmed boarded completed counted_as_travelled");
}

TEST_F(ShortRide, WaitsLongerWhereEveryRideDoes) {
    const BookingTransitions patient{seats_, payments_, {.delay = 72h, .short_ride_delay = 48h}};
    const BookingId id = aboard(Method::sandbox);
    BookingTripListener listener{clock_, patient};
    testing::run(db_.transact<Nothing>([&](db::Transaction& tx) { return end_with(listener, tx); }));
    EXPECT_EQ(payments_.captures.at(id), clock_.now() + 72h);
}

TEST_F(ShortRide, RecordsItsCashWhenItCanNoLongerBeDisputed) {
    const BookingId id = aboard(Method::cash);
    complete(trip_);
    EXPECT_EQ(status(id), "completed");
    EXPECT_EQ(payment_status(id), "intent");
    EXPECT_EQ(flags_of(id), "short_ride");
    clock_.advance(48h - 1us);
    send_due_cash();
    EXPECT_EQ(payment_status(id), "intent");
    clock_.advance(1us);
    send_due_cash();
    EXPECT_EQ(status(id), "settled");
    EXPECT_EQ(payment_status(id), "captured");
}

TEST_F(ShortRide, WithDisputedCashWaitsForTheDecision) {
    const BookingId id = aboard(Method::cash);
    complete(trip_);
    database_.execute("update bookings set status = 'disputed'");
    clock_.advance(48h);
    send_due_cash();
    EXPECT_EQ(status(id), "disputed");
    EXPECT_EQ(payment_status(id), "intent");
    database_.execute("update bookings set status = 'settled'");
    clock_.advance(1h);
    send_due_cash();
    EXPECT_EQ(payment_status(id), "captured");
}

TEST_F(ShortRide, IsNotARideForAPassengerToBePickedUpLater) {
    const UserId karim = add_user("Karim H.");
    const BookingId first = book(amina_, trip_, {.from = 0, .to = 1, .method = Method::sandbox})->id;
    const BookingId second = book(karim, trip_, {.from = 1, .to = 2, .method = Method::sandbox})->id;
    for (const BookingId id : {first, second}) testing::run(payments_.held(id));
    clock_.advance(31min);
    start(trip_);
    clock_.advance(2h);
    complete(trip_);
    EXPECT_EQ(status(first), "completed") << "they were not boarded, but their pickup has passed";
    EXPECT_EQ(status(second), "cancelled_by_driver");
    EXPECT_EQ(payment_status(second), "refunded");
    EXPECT_EQ(news(second), "awaiting_payment confirmed cancelled_by_driver");
    EXPECT_EQ(counter(driver_, "late_cancellations"), 1);
    EXPECT_EQ(counter(karim, "trips_travelled"), 0);
    EXPECT_EQ(flags_of(second), "");
}

class ShortRideInDevelopment : public World {};

TEST_F(ShortRideInDevelopment, IsARideLikeAnother) {
    const UserId driver = add_driver("Ahmed Benali"), amina = add_user("Amina Kaci"), karim = add_user("Karim H.");
    const TripId trip = add_trip(driver);
    const BookingId online = confirmed(amina, trip, Method::sandbox), cash = confirmed(karim, trip);
    complete(trip);
    EXPECT_EQ(payments_.captures.at(online), clock_.now() + 24h);
    EXPECT_EQ(status(cash), "settled");
    EXPECT_EQ(text("select count(*)::text from flags where trip_id = $1", trip.value), "0");
}

}  // namespace
}  // namespace safargo::bookings
