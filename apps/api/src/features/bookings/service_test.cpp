#include "features/bookings/booking_world_test.hpp"

namespace safargo::bookings {
namespace {

using payments::Method;
using payments::PaymentStatus;
using trips::BookingMode;
using trips::TripStatus;

class BookSeatsTest : public World {};

TEST_F(BookSeatsTest, WithCashIsConfirmedAtOnce) {
    const UserId driver = add_driver("Ahmed Benali"), amina = add_user("Amina Kaci");
    const TripId trip = add_trip(driver);
    const auto booked = book(amina, trip, {.from = 0, .to = 1, .seats = 2});
    ASSERT_TRUE(booked);
    EXPECT_EQ(booked->status, BookingStatus::confirmed);
    EXPECT_EQ(booked->price, Dinars{1400});
    EXPECT_EQ(booked->service_fee, Dinars{0});
    EXPECT_EQ(booked->total, Dinars{1400});
    EXPECT_EQ(booked->payment.status, PaymentStatus::intent);
    EXPECT_EQ(booked->payment.amount, Dinars{1400});
    EXPECT_EQ(booked->expires_at, std::nullopt);
    EXPECT_EQ(booked->from_label, "Alger");
    EXPECT_EQ(booked->to_label, "Chlef");
    EXPECT_EQ(booked->dropoff_at - booked->pickup_at, 2h);
    EXPECT_EQ(booked->driver.name, "Ahmed B.");
    EXPECT_EQ(booked->passenger.name, "Amina K.");
    ASSERT_TRUE(booked->boarding);
    EXPECT_EQ(booked->boarding->pin, codes_.pin(booked->id));
    EXPECT_EQ(seats_left(trip), "1,3");
    EXPECT_EQ(news(booked->id), "confirmed");
}

TEST_F(BookSeatsTest, OnlineWaitsForThePaymentThenIsConfirmedInTheSameResponse) {
    const TripId trip = add_trip(add_driver("Ahmed Benali"));
    const UserId amina = add_user("Amina Kaci");
    const auto unpaid = book(amina, trip, {.method = Method::sandbox});
    ASSERT_TRUE(unpaid);
    EXPECT_EQ(unpaid->status, BookingStatus::awaiting_payment);
    EXPECT_EQ(unpaid->expires_at, clock_.now() + 30min);
    EXPECT_EQ(unpaid->boarding, std::nullopt);
    EXPECT_EQ(unpaid->service_fee, Dinars{75});
    EXPECT_EQ(seats_left(trip), "2,2");

    const auto paid = testing::run(bookings_.hold_now(as(amina), *unpaid));
    ASSERT_TRUE(paid);
    EXPECT_EQ(paid->status, BookingStatus::confirmed);
    EXPECT_EQ(paid->payment.status, PaymentStatus::hold);
    EXPECT_EQ(paid->payment.amount, Dinars{1575});
    EXPECT_EQ(paid->expires_at, std::nullopt);
    EXPECT_TRUE(paid->boarding);
    EXPECT_EQ(news(paid->id), "awaiting_payment confirmed");
}

TEST_F(BookSeatsTest, WithADeclinedPaymentMayBePaidAgainUntilItsDeadline) {
    const TripId trip = add_trip(add_driver("Ahmed Benali"));
    payments_.provider = TablePayments::Provider::declines;
    const auto declined = book_online(add_user("Amina Kaci"), trip);
    ASSERT_TRUE(declined);
    EXPECT_EQ(declined->status, BookingStatus::awaiting_payment);
    EXPECT_EQ(declined->payment.status, PaymentStatus::failed);
    EXPECT_EQ(seats_left(trip), "2,2");
    testing::run(payments_.declined(declined->id));
    EXPECT_EQ(news(declined->id), "awaiting_payment payment_declined");

    testing::run(payments_.held(declined->id));
    EXPECT_EQ(status(declined->id), "confirmed");
    EXPECT_EQ(payment_status(declined->id), "hold");
}

TEST_F(BookSeatsTest, StaysAwaitingPaymentWhenTheProviderIsSilent) {
    const TripId trip = add_trip(add_driver("Ahmed Benali"));
    const UserId amina = add_user("Amina Kaci");
    payments_.provider = TablePayments::Provider::silent;
    const auto unpaid = book(amina, trip, {.method = Method::sandbox});
    ASSERT_TRUE(unpaid);
    EXPECT_ANY_THROW(testing::run(bookings_.hold_now(as(amina), *unpaid)));
    EXPECT_EQ(status(unpaid->id), "awaiting_payment");
}

TEST_F(BookSeatsTest, IsARequestOnATripWithApproval) {
    const TripId trip = add_trip(add_driver("Ahmed Benali"), {.mode = BookingMode::approval});
    for (const Method method : {Method::cash, Method::sandbox}) {
        const UserId amina = add_user("Amina Kaci");
        const auto request = book(amina, trip, {.method = method});
        ASSERT_TRUE(request);
        EXPECT_EQ(request->status, BookingStatus::requested);
        EXPECT_EQ(request->expires_at, clock_.now() + 3h);
        EXPECT_EQ(request->boarding, std::nullopt);
        const auto unchanged = testing::run(bookings_.hold_now(as(amina), *request));
        EXPECT_EQ(unchanged->status, BookingStatus::requested);
        EXPECT_EQ(payment_status(request->id), "intent");
    }
    EXPECT_EQ(seats_left(trip), "1,1");
}

TEST_F(BookSeatsTest, IsRefusedWhereTheRulesSaySo) {
    const UserId driver = add_driver("Ahmed Benali"), man = add_user("Karim Haddad", "male");
    EXPECT_EQ(code_of(book(man, TripId::make(clock_.now()))), Code::not_found);
    EXPECT_EQ(code_of(book(driver, add_trip(driver))), Code::own_trip);
    EXPECT_EQ(code_of(book(man, add_trip(add_driver("Ali"), {.status = TripStatus::draft}))), Code::not_found);
    EXPECT_EQ(code_of(book(man, add_trip(add_driver("Ali"), {.status = TripStatus::cancelled}))), Code::trip_not_open);
    EXPECT_EQ(code_of(book(man, add_trip(add_driver("Ali"), {.status = TripStatus::in_progress}))),
              Code::trip_departed);
    EXPECT_EQ(code_of(book(man, add_trip(add_driver("Ali"), {.departs_in = 0min}))), Code::trip_departed);
    EXPECT_EQ(code_of(book(man, add_trip(add_driver("Ali"), {.seats = 2}), {.seats = 3})), Code::trip_full);
    EXPECT_EQ(code_of(book(man, add_trip(add_driver("Ali")), {.from = 1, .to = 1})), Code::validation_failed);
    EXPECT_EQ(code_of(book(man, add_trip(add_driver("Ali")), {.method = Method::card})), Code::feature_unavailable);
}

TEST_F(BookSeatsTest, OnAWomenOnlyTripNeedsAConfirmedGender) {
    const TripId trip = add_trip(add_driver("Nadia Saidi"), {.women_only = true});
    EXPECT_EQ(code_of(book(add_user("Karim Haddad", "male"), trip)), Code::not_found);
    EXPECT_EQ(code_of(book(add_user("Unknown"), trip)), Code::not_found);
    const UserId unconfirmed = add_user("Amina Kaci", "female");
    text("update users set gender_confirmed_at = null where id = $1 returning 'x'", unconfirmed.value);
    EXPECT_EQ(code_of(book(unconfirmed, trip)), Code::not_found);
    EXPECT_TRUE(book(add_user("Lila Ait", "female"), trip));
}

TEST_F(BookSeatsTest, TakesSeatsOnItsLegsOnly) {
    const TripId trip = add_trip(add_driver("Ahmed Benali"), {.seats = 1});
    ASSERT_TRUE(book(add_user("A"), trip, {.from = 0, .to = 1}));
    EXPECT_EQ(seats_left(trip), "0,1");
    EXPECT_EQ(code_of(book(add_user("B"), trip, {.from = 0, .to = 2})), Code::trip_full);
    ASSERT_TRUE(book(add_user("C"), trip, {.from = 1, .to = 2}));
    EXPECT_EQ(seats_left(trip), "0,0");
    EXPECT_EQ(code_of(book(add_user("D"), trip, {.from = 1, .to = 2})), Code::trip_full);
}

TEST_F(BookSeatsTest, OfOneTripIsPossibleOnce) {
    const TripId trip = add_trip(add_driver("Ahmed Benali"));
    const UserId amina = add_user("Amina Kaci");
    ASSERT_TRUE(book(amina, trip, {.from = 0, .to = 1}));
    EXPECT_EQ(code_of(book(amina, trip, {.from = 0, .to = 1})), Code::already_booked);
    EXPECT_EQ(code_of(book(amina, trip, {.from = 1, .to = 2})), Code::already_booked);
    EXPECT_EQ(seats_left(trip), "2,3");
}

TEST_F(BookSeatsTest, CannotOverlapAnotherOfTheSamePassenger) {
    const UserId amina = add_user("Amina Kaci");
    const TripId first = add_trip(add_driver("Ahmed")), second = add_trip(add_driver("Brahim"), {.departs_in = 124h});
    ASSERT_TRUE(book(amina, first, {.from = 0, .to = 2}));
    EXPECT_EQ(code_of(book(amina, second, {.from = 0, .to = 1})), Code::overlapping_booking);
    EXPECT_EQ(seats_left(second), "3,3");
    EXPECT_TRUE(book(amina, second, {.from = 1, .to = 2}));  // boards an hour after getting off
}

TEST_F(BookSeatsTest, OfAHoldThatExpiredIsResoldWhileTheSweeperIsDown) {
    const UserId driver = add_driver("Ahmed Benali");
    const TripId trip = add_trip(driver, {.seats = 1, .mode = BookingMode::approval});
    const auto forgotten = book(add_user("Amina Kaci"), trip);
    ASSERT_TRUE(forgotten);
    const UserId karim = add_user("Karim Haddad");
    clock_.advance(3h - 1us);
    EXPECT_EQ(code_of(book(karim, trip)), Code::trip_full);
    clock_.advance(1us);
    ASSERT_TRUE(book(karim, trip));
    EXPECT_EQ(status(forgotten->id), "expired");
    EXPECT_EQ(payment_status(forgotten->id), "cancelled");
    EXPECT_EQ(news(forgotten->id), "requested expired");
    EXPECT_EQ(counter(driver, "ignored_requests"), 1);
    EXPECT_EQ(seats_left(trip), "0,0");
}

TEST_F(BookSeatsTest, LeavesOverdueHoldsThatAreNotInTheWayToTheSweeper) {
    const TripId trip = add_trip(add_driver("Ahmed Benali"), {.seats = 2, .mode = BookingMode::approval});
    const auto forgotten = book(add_user("Amina Kaci"), trip);
    ASSERT_TRUE(forgotten);
    clock_.advance(3h);
    ASSERT_TRUE(book(add_user("Karim Haddad"), trip));
    EXPECT_EQ(status(forgotten->id), "requested");
    EXPECT_EQ(seats_left(trip), "0,0");
    ASSERT_TRUE(book(add_user("Lila Ait"), trip));
    EXPECT_EQ(status(forgotten->id), "expired");
    EXPECT_EQ(seats_left(trip), "0,0");
}

TEST_F(BookSeatsTest, IsNotBlockedByTheCallersOwnOverdueHoldElsewhere) {
    const UserId amina = add_user("Amina Kaci");
    const TripId first = add_trip(add_driver("Ahmed")), second = add_trip(add_driver("Brahim"));
    const auto unpaid = book(amina, first, {.method = Method::sandbox});
    ASSERT_TRUE(unpaid);
    EXPECT_EQ(code_of(book(amina, second)), Code::overlapping_booking);
    clock_.advance(30min);
    EXPECT_TRUE(book(amina, second));
    EXPECT_EQ(status(unpaid->id), "expired");
    EXPECT_EQ(seats_left(first), "3,3");
    EXPECT_TRUE(book(amina, first, {.seats = 3}).error().code == Code::overlapping_booking);
}

TEST_F(BookSeatsTest, LeavesOtherPeoplesHoldsOnOtherTripsAlone) {
    const UserId amina = add_user("Amina Kaci"), karim = add_user("Karim Haddad");
    const TripId first = add_trip(add_driver("Ahmed")), second = add_trip(add_driver("Brahim"));
    ASSERT_TRUE(book(amina, first, {.method = Method::sandbox}));
    const auto of_karim = book(karim, first, {.method = Method::sandbox});
    clock_.advance(31min);
    ASSERT_TRUE(book(amina, second));
    EXPECT_EQ(status(of_karim->id), "awaiting_payment");
}

}  // namespace
}  // namespace safargo::bookings
