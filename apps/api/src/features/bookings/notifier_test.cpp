#include "features/bookings/notifier_world_test.hpp"

namespace safargo::bookings {
namespace {

TEST_F(NotifierTest, TheDriverHearsOfARequestAndThePassengerOfTheAnswer) {
    const BookingId booking = book(passenger, add_trip(driver, by_approval)).value().id;
    EXPECT_EQ(told(driver), (Letters{{"booking_requested", "Alger → Oran, réponse avant 12:00"}}));
    EXPECT_EQ(told(passenger), Letters{});
    news_are_over();
    act(&BookingService::decline, as(driver), booking).value();
    EXPECT_EQ(told(passenger), (Letters{{"booking_not_accepted", "Alger → Oran, départ le 06/12 à 09:00"}}));
}

TEST_F(NotifierTest, ALateMessageOfARequestStillStatesItsDeadline) {
    const BookingId booking = book(passenger, add_trip(driver, by_approval)).value().id;
    act(&BookingService::decline, as(driver), booking).value();
    EXPECT_EQ(told(driver), (Letters{{"booking_requested", "réponse avant 12:00"}}));
}

TEST_F(NotifierTest, ADeadlineAfterMidnightNamesItsDay) {
    clock_.set(parse_instant("2026-12-01T20:30:00Z").value());
    ASSERT_TRUE(book(passenger, add_trip(driver, by_approval)));
    EXPECT_EQ(told(driver), (Letters{{"booking_requested", "réponse avant le 02/12 à 00:30"}}));
}

TEST_F(NotifierTest, BothHearOfAnInstantBookingWithItsDay) {
    confirmed(passenger, add_trip(driver));
    EXPECT_EQ(told(passenger), (Letters{{"booking_confirmed", "Départ le 06/12 à 09:00"}}));
    EXPECT_EQ(told(driver), (Letters{{"booking_taken", "Départ le 06/12 à 09:00"}}));
}

TEST_F(NotifierTest, ADriverIsNotToldOfTheirOwnAnswer) {
    const BookingId booking = book(passenger, add_trip(driver, by_approval)).value().id;
    act(&BookingService::accept, as(driver), booking).value();
    EXPECT_EQ(told(passenger), (Letters{{"booking_confirmed", "Départ le 06/12"}}));
    EXPECT_EQ(told(driver), (Letters{{"booking_requested", ""}}));
}

TEST_F(NotifierTest, AnAcceptedPassengerHearsThePaymentDeadline) {
    const BookingId booking =
        book(passenger, add_trip(driver, by_approval), {.method = payments::Method::sandbox}).value().id;
    act(&BookingService::accept, as(driver), booking).value();
    EXPECT_EQ(told(passenger), (Letters{{"booking_accepted", "Payez avant 09:30"}}));
    news_are_over();
    clock_.advance(1min);
    testing::run(payments_.held(booking));
    EXPECT_EQ(told(passenger), (Letters{{"booking_confirmed", "Départ le"}}));
    EXPECT_EQ(told(driver), (Letters{{"booking_taken", "Départ le"}}));
}

TEST_F(NotifierTest, APassengerWhoHasPaidIsNotAskedToPay) {
    const BookingId booking =
        book(passenger, add_trip(driver, by_approval), {.method = payments::Method::sandbox}).value().id;
    act(&BookingService::accept, as(driver), booking).value();
    testing::run(payments_.held(booking));
    EXPECT_EQ(told(passenger), (Letters{{"booking_confirmed", ""}}));
}

TEST_F(NotifierTest, APassengerCountedAsTravelledWithoutBoardingIsTold) {
    const TripId trip = add_trip(driver);
    const UserId lina = add_user("Lina Meziane");
    const BookingId seen = confirmed(add_user("Karim H."), trip), unseen = confirmed(passenger, trip);
    const BookingId by_phone = confirmed(lina, trip);
    clock_.advance(24h * 5 - 1us);
    ASSERT_TRUE(board(driver, by_phone, by_pin(codes_.pin(by_phone))));
    clock_.advance(1us);
    ASSERT_TRUE(board(driver, seen, by_pin(codes_.pin(seen))));
    news_are_over();
    complete(trip);
    EXPECT_EQ(told(passenger), (Letters{{"booking_counted_as_travelled", "Alger → Oran"}}));
    EXPECT_EQ(told(lina), (Letters{{"booking_counted_as_travelled", "Alger → Oran"}})) << "aboard before the pickup";
    EXPECT_EQ(news(seen), "completed settled");
    EXPECT_EQ(news(unseen), "completed counted_as_travelled settled");
}

TEST_F(NotifierTest, APassengerWhosePaymentIsDeclinedHearsTheDeadline) {
    payments_.provider = TablePayments::Provider::declines;
    ASSERT_TRUE(book_online(passenger, add_trip(driver)));
    EXPECT_EQ(told(passenger), (Letters{{"booking_payment_declined", "Réessayez avant 09:30"}}));
    EXPECT_EQ(told(driver), Letters{});
}

TEST_F(NotifierTest, AReturnedPaymentIsAnnounced) {
    const TripId trip = add_trip(driver, {.seats = 1});
    const BookingId late = book(passenger, trip, {.method = payments::Method::sandbox}).value().id;
    clock_.advance(30min);
    testing::run(overdue_.expire_all(clock_.now()));
    confirmed(add_user("Lina Meziane"), trip);
    testing::run(payments_.held(late));
    EXPECT_EQ(told(passenger), (Letters{{"booking_lapsed", ""}, {"booking_paid_too_late", "vous est remboursé"}}));
}

TEST_F(NotifierTest, APersonReportedAsANoShowIsTold) {
    const TripId trip = add_trip(driver, {.departs_in = 2h});
    const UserId lina = add_user("Lina Meziane");
    const BookingId first = confirmed(passenger, trip), second = confirmed(lina, trip);
    start(trip);
    clock_.advance(2h + 15min);
    news_are_over();
    ASSERT_TRUE(act(&BookingService::report_missing, as(driver), first));
    ASSERT_TRUE(act(&BookingService::report_missing, as(lina), second));
    EXPECT_EQ(told(passenger), (Letters{{"booking_passenger_missing",
                                         "Karim B. signale que vous n'étiez pas au rendez-vous pour Alger → Oran, "
                                         "départ le 01/12 à 11:00. Si c'est faux, contestez dans SafarGo avant le "
                                         "02/12 à 11:15."}}));
    EXPECT_EQ(told(driver), (Letters{{"booking_driver_missing",
                                      "Lina M. signale que personne n'est venu au rendez-vous pour Alger → Oran, "
                                      "départ le 01/12 à 11:00. Si c'est faux, contestez dans SafarGo avant le 02/12 "
                                      "à 11:15."}}));
}

TEST_F(NotifierTest, EventsOfAnOlderVersionHaveNoDeadline) {
    const BookingId booking = book(passenger, add_trip(driver, by_approval)).value().id;
    database_.execute("update outbox set payload = (payload::jsonb - 'deadline')::text where kind = 'booking.changed'");
    EXPECT_EQ(told(driver), (Letters{{"booking_requested", "réponse avant 12:00"}}));
    act(&BookingService::decline, as(driver), booking).value();
    database_.execute("update outbox set payload = (payload::jsonb - 'deadline')::text where kind = 'booking.changed'");
    EXPECT_EQ(told(driver), Letters{}) << "better nothing than a wrong time";
}

// The dispatcher delivers at least once: its process may die before it can record the delivery.
TEST_F(NotifierTest, AnEventDeliveredTwiceIsSentOnce) {
    confirmed(passenger, add_trip(driver));
    const auto handler = notifier.subscription().handlings[0].handler;
    static constexpr db::Statement messages{"test_messages",
                                            "select count(*) from outbox where kind = 'notification.deliver'"};
    const auto written = [this] { return testing::run(db_.query(messages))[0].get<std::int64_t>(0); };
    send_all(booking_changed, handler);
    const std::int64_t told_once = written();
    EXPECT_GT(told_once, 0);
    send_all(booking_changed, handler);
    EXPECT_EQ(written(), told_once);
}

TEST_F(NotifierTest, WithoutAVendorNothingIsSent) {
    BookingNotifier unheard{db_, clock_, silence};
    confirmed(passenger, add_trip(driver));
    send_all(booking_changed, unheard.subscription().handlings[0].handler);
    EXPECT_EQ(
        testing::run(db_.query(db::Statement{"test_none", "select 1 from outbox where kind = 'notification.deliver'"}))
            .size(),
        0U);
}

TEST_F(NotifierTest, UnreadableEventsAreKeptForInspection) {
    EXPECT_THROW(testing::run(notifier.subscription().handlings[0].handler({.payload = "{}"})), std::runtime_error);
}

TEST_F(NotifierTest, EveryMessageHasItsTemplate) {
    for (int i = 0; i <= static_cast<int>(BookingNews::seats_given_back); ++i) {
        for (const Message& message : messages_of(static_cast<BookingNews>(i))) {
            std::vector<std::string> parameters{"Alger → Oran"};
            if (message.detail != MessageDetail::none) parameters.emplace_back("12:00");
            if (message.detail == MessageDetail::contest) parameters.insert(parameters.end(), {"Lina M.", "le 02/12"});
            if (message.money != Money::none) parameters.emplace_back("1 575 DA");
            if (message.names_other) parameters.emplace_back("Amina K.");
            if (message.counts_seats) parameters.emplace_back("2");
            EXPECT_NO_THROW(notifications::render(message.template_name, Language::ar, parameters)) << i;
        }
    }
}

TEST_F(NotifierTest, TimesAreWrittenInTheReadersLanguage) {
    const Instant at = parse_instant("2026-12-31T23:05:00Z").value();  // the next year in Algiers
    EXPECT_EQ(day_and_time(at, Language::fr), "01/01 à 00:05");
    EXPECT_EQ(day_and_time(at, Language::ar), "01/01 على 00:05");
    EXPECT_EQ(day_and_time(at, Language::en), "01/01 at 00:05");
    EXPECT_EQ(deadline_time(at, at - 1h, Language::en), "01/01 at 00:05");
    EXPECT_EQ(deadline_time(at, at - 5min, Language::en), "00:05");
}

TEST_F(NotifierTest, ThePayableBookingSaysWhenMoneyIsDue) {
    const BookingId requested = book(passenger, add_trip(driver, {.mode = trips::BookingMode::approval})).value().id;
    EXPECT_EQ(due(requested), payments::Due::not_yet);
    clock_.advance(4h);
    EXPECT_EQ(due(requested), payments::Due::over);

    payments_.provider = TablePayments::Provider::declines;
    const UserId other = add_user("Lina Meziane");
    const BookingId unpaid = book_online(other, add_trip(add_driver("Nadir Cherif"))).value().id;
    EXPECT_EQ(due(unpaid), payments::Due::now);
    clock_.advance(31min);
    EXPECT_EQ(due(unpaid), payments::Due::over);
    EXPECT_FALSE(due(BookingId::make(clock_.now())));
}

TEST_F(NotifierTest, ThePayableBookingSaysWhatFreezesMoney) {
    const TripId trip = add_trip(driver, {.departs_in = 2h});
    const BookingId id = confirmed(passenger, trip, payments::Method::sandbox);
    EXPECT_FALSE(payable(id)->disputed || payable(id)->waits_until);
    clock_.advance(2h + 15min);
    ASSERT_TRUE(act(&BookingService::report_missing, as(passenger), id));
    EXPECT_EQ(payable(id)->waits_until, clock_.now() + 24h);
    clock_.advance(24h);
    EXPECT_FALSE(payable(id)->disputed || payable(id)->waits_until);
    text("update bookings set status = 'disputed' where id = $1 returning status", id.value);
    EXPECT_TRUE(payable(id)->disputed);
}

}  // namespace
}  // namespace safargo::bookings
