// Who is told of a cancellation: everybody whose plans it changes, but for whoever did it; and nobody twice.
#include "features/bookings/notifier_world_test.hpp"

namespace safargo::bookings {
namespace {

using payments::Method;
using trips::CancelledBy;

class CancellationNews : public NotifierTest {
protected:
    // Cancels the only booking of a trip and forgets all earlier news.
    void cancel_booking(Caller who) {
        const BookingId id = confirmed(passenger, add_trip(driver));
        news_are_over();
        ASSERT_TRUE(act(&BookingService::cancel, who, id));
    }
    void cancel_trip(TripId trip, CancelledBy by) {
        news_are_over();
        cancel(trip, by);
    }
    const Letters cancelled{{"booking_cancelled", "Alger → Oran"}};
    const Letters taken_from_him{{"trip_cancelled", "Alger → Oran du 06/12 à 09:00"}};
};

TEST_F(CancellationNews, OfABookingByItsPassengerIsForTheDriver) {
    cancel_booking(as(passenger));
    EXPECT_EQ(told(driver), cancelled);
    EXPECT_EQ(told(passenger), Letters{});
}

TEST_F(CancellationNews, OfABookingByTheDriverIsForThePassenger) {
    cancel_booking(as(driver));
    EXPECT_EQ(told(driver), Letters{});
    EXPECT_EQ(told(passenger), cancelled);
}

TEST_F(CancellationNews, OfABookingByAnAdminIsForBoth) {
    cancel_booking(as(add_user("Admin"), Role::admin));
    EXPECT_EQ(told(driver), cancelled);
    EXPECT_EQ(told(passenger), cancelled);
}

TEST_F(CancellationNews, OfATripByTheDriverIsForHisPassengers) {
    const TripId trip = add_trip(driver);
    confirmed(passenger, trip);
    cancel_trip(trip, CancelledBy::driver);
    EXPECT_EQ(told(passenger), cancelled);
    EXPECT_EQ(told(driver), Letters{});
}

TEST_F(CancellationNews, OfATripByAnAdminReachesTheDriverOnce) {
    const TripId trip = add_trip(driver);
    const UserId lina = add_user("Lina Meziane");
    confirmed(passenger, trip);
    confirmed(lina, trip, Method::sandbox);
    cancel_trip(trip, CancelledBy::admin);
    EXPECT_EQ(told(passenger), cancelled);
    EXPECT_EQ(told(lina), cancelled);
    EXPECT_EQ(told(driver), taken_from_him);
}

TEST_F(CancellationNews, OfATripThatNobodyBookedReachesTheDriverToo) {
    cancel_trip(add_trip(driver), CancelledBy::admin);
    EXPECT_EQ(told(driver), taken_from_him);
}

TEST_F(CancellationNews, OfATripThatTheSystemClosesIsForAll) {
    const TripId trip = add_trip(driver);
    confirmed(passenger, trip);
    cancel_trip(trip, CancelledBy::system);
    EXPECT_EQ(told(passenger), cancelled);
    EXPECT_EQ(told(driver), taken_from_him);
}

TEST_F(CancellationNews, OfARequestComeWithTheTrips) {
    const TripId first = add_trip(driver, by_approval);
    ASSERT_TRUE(book(passenger, first));
    cancel_trip(first, CancelledBy::driver);
    EXPECT_EQ(told(passenger), (Letters{{"booking_declined", ""}}));
    const TripId second = add_trip(driver, by_approval);
    ASSERT_TRUE(book(passenger, second));
    cancel_trip(second, CancelledBy::admin);
    EXPECT_EQ(told(passenger), (Letters{{"booking_expired", ""}}));
    EXPECT_EQ(told(driver), taken_from_him);
}

TEST_F(CancellationNews, OnTheWayIsForThoseAboard) {
    const TripId trip = add_trip(driver);
    const BookingId aboard = confirmed(passenger, trip);
    ASSERT_TRUE(board(driver, aboard, by_pin(codes_.pin(aboard))));
    cancel_trip(trip, CancelledBy::driver);
    EXPECT_EQ(news(aboard), "completed settled ride_cut_short");
    EXPECT_EQ(told(passenger), cancelled);
    EXPECT_EQ(told(driver), Letters{});
}

TEST_F(CancellationNews, ADriverWhoSaidYesHearsThatNobodyPaid) {
    const TripId trip = add_trip(driver, by_approval);
    const UserId lina = add_user("Lina Meziane");
    const BookingId accepted = book(passenger, trip, {.method = Method::sandbox})->id;
    ASSERT_TRUE(act(&BookingService::accept, as(driver), accepted));
    ASSERT_TRUE(book(lina, trip));  // never answered
    news_are_over();
    clock_.advance(3h);
    testing::run(overdue_.expire_all(clock_.now()));
    const Letters expired{{"booking_expired", "Alger → Oran"}};
    EXPECT_EQ(told(driver), expired);
    EXPECT_EQ(told(passenger), expired);
    EXPECT_EQ(told(lina), expired);
}

TEST_F(CancellationNews, OfATripAreWrittenOnceAndNotWithoutAVendor) {
    static constexpr db::Statement messages{"test_messages",
                                            "select count(*) from outbox where kind = 'notification.deliver'"};
    const auto written = [this] { return testing::run(db_.query(messages))[0].get<std::int64_t>(0); };
    cancel_trip(add_trip(driver), CancelledBy::admin);
    mailbox.open = false;
    const auto handler = trip_notifier.outbox_route().handler;
    send_all(std::string(trip_cancelled), handler);
    EXPECT_EQ(written(), 0);
    mailbox.open = true;
    send_all(std::string(trip_cancelled), handler);
    send_all(std::string(trip_cancelled), handler);
    EXPECT_EQ(written(), 1);
    EXPECT_THROW(testing::run(handler({.payload = "{}"})), std::runtime_error);
}

}  // namespace
}  // namespace safargo::bookings
