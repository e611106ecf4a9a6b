// Who is told of a cancellation: everyone whose plans it changes, except the person who cancelled; and no one twice.
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
    // Who, which ride on which day, and the refund: cash was never paid.
    static constexpr const char* ride = " pour Alger → Oran, départ le 06/12 à 09:00. ";
    const std::string free_of_charge = std::string(ride) + "Vous n'aviez rien payé.";
    const Letters by_passenger{
        {"booking_cancelled_by_passenger",
         "Yasmine H. a annulé sa réservation" + std::string(ride) + "Aucun dédommagement n'est dû."}};
    const Letters by_driver{
        {"booking_cancelled_by_driver", "Le conducteur (Karim B.) a annulé votre réservation" + free_of_charge}};
    const Letters by_safargo{{"booking_cancelled_by_safargo", "SafarGo a annulé la réservation" + free_of_charge}};
    const Letters to_driver_by_safargo{{"booking_cancelled_by_safargo", "Aucun dédommagement n'est dû."}};
    const Letters taken_from_him{{"trip_cancelled", "Alger → Oran du 06/12 à 09:00"}};
};

TEST_F(CancellationNews, OfABookingByItsPassengerIsForTheDriver) {
    cancel_booking(as(passenger));
    EXPECT_EQ(told(driver), by_passenger);
    EXPECT_EQ(told(passenger), Letters{});
}

// Each in the recipient's language.
TEST_F(CancellationNews, CallAPersonWithoutANameAMember) {
    passenger = add_user("");
    for (const auto& [language, beginning] :
         {std::pair{"fr", "Membre a annulé sa réservation"}, std::pair{"ar", "تم إلغاء الحجز من طرف عضو لرحلة"},
          std::pair{"en", "Member has cancelled their booking"}}) {
        database_.execute("update users set locale = '" + std::string(language) + "' where id = '" + driver.str() +
                          "'");
        cancel_booking(as(passenger));
        EXPECT_EQ(told(driver), (Letters{{"booking_cancelled_by_passenger", beginning}}));
        clock_.advance(24h);  // the next trip is of another day
    }
    database_.execute("update users set name = '' where id = '" + driver.str() + "'");
    cancel_booking(as(driver));
    EXPECT_EQ(told(passenger), (Letters{{"booking_cancelled_by_driver", "Le conducteur (Membre) a annulé"}}));
}

TEST_F(CancellationNews, OfABookingByTheDriverIsForThePassenger) {
    cancel_booking(as(driver));
    EXPECT_EQ(told(driver), Letters{});
    EXPECT_EQ(told(passenger), by_driver);
}

TEST_F(CancellationNews, OfABookingByAnAdminIsForBoth) {
    cancel_booking(as(add_user("Admin"), Role::admin));
    EXPECT_EQ(told(driver), to_driver_by_safargo);
    EXPECT_EQ(told(passenger), by_safargo);
}

TEST_F(CancellationNews, OfATripByTheDriverIsForTheirPassengers) {
    const TripId trip = add_trip(driver);
    confirmed(passenger, trip);
    cancel_trip(trip, CancelledBy::driver);
    EXPECT_EQ(told(passenger), by_driver);
    EXPECT_EQ(told(driver), Letters{});
}

TEST_F(CancellationNews, OfATripByAnAdminReachesTheDriverOnce) {
    const TripId trip = add_trip(driver);
    const UserId lina = add_user("Lina Meziane");
    confirmed(passenger, trip);
    confirmed(lina, trip, Method::sandbox);
    cancel_trip(trip, CancelledBy::admin);
    EXPECT_EQ(told(passenger), by_safargo);
    EXPECT_EQ(told(lina), (Letters{{"booking_cancelled_by_safargo", "1 575 DA vous sont remboursés."}}));
    EXPECT_EQ(told(driver), taken_from_him);
}

TEST_F(CancellationNews, OfATripWithoutBookingsReachesTheDriverToo) {
    cancel_trip(add_trip(driver), CancelledBy::admin);
    EXPECT_EQ(told(driver), taken_from_him);
}

TEST_F(CancellationNews, OfATripThatTheSystemClosesIsForAll) {
    const TripId trip = add_trip(driver);
    confirmed(passenger, trip);
    cancel_trip(trip, CancelledBy::system);
    EXPECT_EQ(told(passenger), by_safargo);
    EXPECT_EQ(told(driver), taken_from_him);
}

TEST_F(CancellationNews, OfARequestComesWithTheTrips) {
    const TripId first = add_trip(driver, by_approval);
    ASSERT_TRUE(book(passenger, first));
    cancel_trip(first, CancelledBy::driver);
    EXPECT_EQ(told(passenger), (Letters{{"booking_not_accepted", "(Karim B.)"}}));
    const TripId second = add_trip(driver, by_approval);
    ASSERT_TRUE(book(passenger, second));
    cancel_trip(second, CancelledBy::admin);
    EXPECT_EQ(told(passenger), (Letters{{"booking_lapsed", "Vous n'aviez rien payé."}}));
    EXPECT_EQ(told(driver), taken_from_him);
}

TEST_F(CancellationNews, OnTheWayIsForThoseAboard) {
    const TripId trip = add_trip(driver);
    const BookingId aboard = confirmed(passenger, trip);
    ASSERT_TRUE(board(driver, aboard, by_pin(codes_.pin(aboard))));
    cancel_trip(trip, CancelledBy::driver);
    EXPECT_EQ(news(aboard), "completed settled ride_cut_short");
    EXPECT_EQ(told(passenger), (Letters{{"booking_ride_cut_short", "Alger → Oran du 06/12 à 09:00"}}));
    EXPECT_EQ(told(driver), Letters{});
}

TEST_F(CancellationNews, OfATripThatNeverStartedSaysSo) {
    const TripId trip = add_trip(driver);
    const BookingId id = confirmed(passenger, trip, Method::sandbox);
    clock_.advance(24h * 5 + 15min);
    ASSERT_TRUE(act(&BookingService::report_missing, as(passenger), id));
    cancel_trip(trip, CancelledBy::driver);
    EXPECT_EQ(told(passenger),
              (Letters{{"booking_ride_called_off", "avant le départ. 1 575 DA vous sont remboursés."}}));
    EXPECT_EQ(told(driver), Letters{});
}

TEST_F(CancellationNews, ADriverWhoAcceptedHearsThatThePaymentLapsed) {
    const TripId trip = add_trip(driver, by_approval);
    const UserId lina = add_user("Lina Meziane");
    const BookingId accepted = book(passenger, trip, {.method = Method::sandbox})->id;
    ASSERT_TRUE(act(&BookingService::accept, as(driver), accepted));
    ASSERT_TRUE(book(lina, trip));  // never answered
    news_are_over();
    clock_.advance(3h);
    testing::run(overdue_.expire_all(clock_.now()));
    EXPECT_EQ(told(driver),
              (Letters{{"booking_lapsed_unpaid", "La demande de Yasmine H. pour Alger → Oran, départ le 06/12"}}));
    const Letters expired{{"booking_lapsed", "Votre demande pour Alger → Oran, départ le 06/12 à 09:00, a expiré"}};
    EXPECT_EQ(told(passenger), expired);
    EXPECT_EQ(told(lina), expired);
}

TEST_F(CancellationNews, StateTheRefundAndTheDriversShare) {
    const TripId trip = add_trip(driver, {.departs_in = 20h});
    const BookingId late = confirmed(passenger, trip, Method::sandbox);
    const UserId lina = add_user("Lina Meziane");
    confirmed(lina, trip, Method::sandbox);
    clock_.advance(31min);
    news_are_over();
    ASSERT_TRUE(act(&BookingService::cancel, as(passenger), late));
    cancel(trip, CancelledBy::driver);
    EXPECT_EQ(told(driver), (Letters{{"booking_cancelled_by_passenger", "750 DA vous reviennent."}}));
    EXPECT_EQ(told(lina), (Letters{{"booking_cancelled_by_driver", "1 575 DA vous sont remboursés."}}));
}

TEST_F(CancellationNews, OfLateMoneyStateTheAmount) {
    const TripId trip = add_trip(driver, {.seats = 1});
    const BookingId late = book(passenger, trip, {.method = Method::sandbox})->id;
    clock_.advance(30min);
    testing::run(overdue_.expire_all(clock_.now()));
    confirmed(add_user("Lina Meziane"), trip);
    news_are_over();
    testing::run(payments_.held(late));
    EXPECT_EQ(
        told(passenger),
        (Letters{{"booking_paid_too_late", "Votre paiement de 1 575 DA pour Alger → Oran, départ le 06/12 à 09:00"}}));
}

TEST(CancellationWords, ExistInThreeLanguages) {
    EXPECT_EQ(amount({1'234'567}, Language::fr), "1 234 567 DA");
    EXPECT_EQ(amount({1'575}, Language::en), "1,575 DA");
    EXPECT_EQ(amount({1'575}, Language::ar), "1575 د.ج");
    EXPECT_EQ(amount({75}, Language::fr), "75 DA");
    EXPECT_EQ(money_back({1'575}, Language::en), "You are refunded 1,575 DA.");
    EXPECT_EQ(money_back({0}, Language::ar), "لم تدفع أي مبلغ.");
    EXPECT_EQ(driver_share({750}, Language::fr), "750 DA vous reviennent.");
    EXPECT_EQ(driver_share({0}, Language::en), "No compensation is due.");
}

TEST_F(CancellationNews, OfATripAreSentOnceAndNotWithoutAVendor) {
    static constexpr db::Statement messages{"test_messages",
                                            "select count(*) from outbox where kind = 'notification.deliver'"};
    const auto written = [this] { return testing::run(db_.query(messages))[0].get<std::int64_t>(0); };
    cancel_trip(add_trip(driver), CancelledBy::admin);
    TripNotifier unheard{db_, clock_, silence};
    send_all(trips::trip_cancelled, unheard.subscription().handlings[0].handler);
    EXPECT_EQ(written(), 0);
    const auto handler = trip_notifier.subscription().handlings[0].handler;
    send_all(trips::trip_cancelled, handler);
    send_all(trips::trip_cancelled, handler);
    EXPECT_EQ(written(), 1);
    EXPECT_THROW(testing::run(handler({.payload = "{}"})), std::runtime_error);
}

}  // namespace
}  // namespace safargo::bookings
