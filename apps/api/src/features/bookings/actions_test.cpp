#include "features/bookings/booking_world_test.hpp"

namespace safargo::bookings {
namespace {

using payments::Method;
using payments::PaymentStatus;
using trips::BookingMode;

class BookingActions : public World {
protected:
    const UserId driver_ = add_driver("Ahmed Benali"), amina_ = add_user("Amina Kaci"), stranger_ = add_user("Someone");
    const Caller admin_ = as(add_user("Admin"), Role::admin);

    BookingId request(Method method = Method::cash) {
        return book(amina_, add_trip(driver_, {.mode = BookingMode::approval}), {.method = method}).value().id;
    }
};

TEST_F(BookingActions, AcceptConfirmsACashRequest) {
    const BookingId id = request();
    clock_.advance(1h);
    const auto accepted = act(&BookingService::accept, as(driver_), id);
    ASSERT_TRUE(accepted);
    EXPECT_EQ(accepted->status, BookingStatus::confirmed);
    EXPECT_EQ(accepted->expires_at, std::nullopt);
    EXPECT_EQ(accepted->boarding, std::nullopt);  // the driver does not see the passenger's codes
    EXPECT_EQ(news(id), "requested confirmed");
    EXPECT_EQ(code_of(act(&BookingService::accept, as(driver_), id)), Code::illegal_transition);
}

TEST_F(BookingActions, AcceptOfAnOnlineRequestAsksForPayment) {
    const BookingId id = request(Method::sandbox);
    clock_.advance(1h);
    EXPECT_TRUE(payments_.holds.empty()) << "the provider is not called before the driver answers";
    const auto accepted = act(&BookingService::accept, as(driver_), id);
    ASSERT_TRUE(accepted);
    EXPECT_TRUE(payments_.holds.contains(id));
    EXPECT_EQ(accepted->status, BookingStatus::awaiting_payment);
    EXPECT_EQ(accepted->expires_at, clock_.now() + 30min);
    const auto paid = testing::run(bookings_.hold_now(as(driver_), *accepted));
    EXPECT_EQ(paid->status, BookingStatus::confirmed);
    EXPECT_EQ(paid->payment.status, PaymentStatus::hold);
    EXPECT_EQ(news(id), "requested awaiting_payment confirmed");
}

TEST_F(BookingActions, AcceptConfirmsAtOnceWhenAlreadyPaid) {
    const BookingId id = request(Method::sandbox);
    testing::run(payments_.held(id));
    EXPECT_EQ(status(id), "requested");
    EXPECT_EQ(act(&BookingService::accept, as(driver_), id)->status, BookingStatus::confirmed);
}

TEST_F(BookingActions, AcceptAfterTheDeadlineIsRefusedAndTheRequestExpires) {
    const BookingId id = request();
    clock_.advance(3h);
    const auto refused = act(&BookingService::accept, as(driver_), id);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::illegal_transition);
    EXPECT_EQ(status(id), "expired");
    EXPECT_EQ(counter(driver_, "ignored_requests"), 1);
}

TEST_F(BookingActions, DeclineGivesSeatsAndMoneyBack) {
    const BookingId id = request(Method::sandbox);
    testing::run(payments_.held(id));
    const auto declined = act(&BookingService::decline, as(driver_), id);
    ASSERT_TRUE(declined);
    EXPECT_EQ(declined->status, BookingStatus::declined);
    EXPECT_EQ(declined->payment.status, PaymentStatus::refunded);
    EXPECT_EQ(declined->payment.refunded, Dinars{1575});
    EXPECT_EQ(seats_left(declined->trip_id), "3,3");
    EXPECT_EQ(counter(driver_, "ignored_requests"), 0);
    EXPECT_EQ(code_of(act(&BookingService::decline, as(driver_), id)), Code::illegal_transition);
}

TEST_F(BookingActions, AnswersAreCountedWithTheirTime) {
    const auto counted = [this] {
        return counter(driver_, "response_count") * 100'000 + counter(driver_, "response_seconds_sum");
    };
    const BookingId accepted = request();
    clock_.advance(10min);
    ASSERT_TRUE(act(&BookingService::accept, as(driver_), accepted));
    EXPECT_EQ(counted(), 100'600);
    EXPECT_FALSE(act(&BookingService::accept, as(driver_), accepted));
    EXPECT_EQ(counted(), 100'600) << "once";

    const TripId trip = add_trip(driver_, {.mode = BookingMode::approval, .departs_in = 24h * 8});
    const BookingId declined = book(amina_, trip)->id;
    clock_.advance(20min);
    ASSERT_TRUE(act(&BookingService::decline, as(driver_), declined));
    EXPECT_EQ(counted(), 201'800);

    const BookingId taken_back = book(amina_, trip)->id;
    ASSERT_TRUE(act(&BookingService::cancel, as(amina_), taken_back));
    const BookingId ignored = book(amina_, trip)->id;
    clock_.advance(3h);
    EXPECT_FALSE(act(&BookingService::accept, as(driver_), ignored));
    confirmed(stranger_, add_trip(driver_, {.departs_in = 24h * 12}));  // instant booking: the driver was not asked
    EXPECT_EQ(counted(), 201'800);
}

TEST_F(BookingActions, TheDriversCardShowsTheirResponseTime) {
    const BookingId id = confirmed(amina_, add_trip(driver_));
    const auto shown = [this, id] { return testing::run(queries_.find(as(amina_), id))->driver.response_time_s; };
    database_.execute("update users set response_seconds_sum = 200, response_count = 2");
    EXPECT_EQ(shown(), std::nullopt);
    database_.execute("update users set response_seconds_sum = 301, response_count = 3");
    EXPECT_EQ(shown(), 100);
}

TEST_F(BookingActions, AnswersAreTheDriversOnly) {
    const BookingId id = request();
    for (const auto action : {&BookingService::accept, &BookingService::decline, &BookingService::complete}) {
        EXPECT_EQ(code_of(act(action, as(stranger_), id)), Code::not_found);
        EXPECT_EQ(code_of(act(action, admin_, id)), Code::not_found);
        EXPECT_EQ(code_of(act(action, as(amina_), id)), Code::forbidden);
        EXPECT_EQ(code_of(act(action, as(driver_), BookingId::make(clock_.now()))), Code::not_found);
    }
    EXPECT_EQ(code_of(act(&BookingService::cancel, as(stranger_), id)), Code::not_found);
    EXPECT_EQ(code_of(act(&BookingService::cancel, as(stranger_, Role::moderator), id)), Code::not_found);
    EXPECT_EQ(status(id), "requested");
}

TEST_F(BookingActions, CancelOfAHoldRefundsInFull) {
    const BookingId id = request();
    const auto cancelled = act(&BookingService::cancel, as(amina_), id);
    ASSERT_TRUE(cancelled);
    EXPECT_EQ(cancelled->status, BookingStatus::cancelled_by_passenger);
    EXPECT_EQ(cancelled->payment.status, PaymentStatus::cancelled);
    EXPECT_EQ(seats_left(cancelled->trip_id), "3,3");
    EXPECT_EQ(counter(amina_, "late_cancellations"), 0);
}

TEST_F(BookingActions, OnlyThePassengerCancelsARequest) {
    const BookingId id = request();
    EXPECT_EQ(code_of(act(&BookingService::cancel, as(driver_), id)), Code::illegal_transition);
    EXPECT_EQ(code_of(act(&BookingService::cancel, admin_, id)), Code::illegal_transition);
}

TEST_F(BookingActions, CancelEarlyKeepsTheFeeOnly) {
    const BookingId id = confirmed(amina_, add_trip(driver_), Method::sandbox);
    clock_.advance(31min);
    const auto cancelled = act(&BookingService::cancel, as(amina_), id);
    ASSERT_TRUE(cancelled);
    EXPECT_EQ(cancelled->payment.refunded, Dinars{1500});
    EXPECT_EQ(payments_.sharing.at(id).to_driver, Dinars{0});
    EXPECT_EQ(payments_.sharing.at(id).to_platform, Dinars{75});
    EXPECT_EQ(counter(amina_, "late_cancellations"), 0);
}

TEST_F(BookingActions, CancelLateGivesTheDriverHalfAndCounts) {
    const BookingId id = confirmed(amina_, add_trip(driver_, {.departs_in = 25h}), Method::sandbox);
    clock_.advance(1h);
    const auto cancelled = act(&BookingService::cancel, as(amina_), id);
    ASSERT_TRUE(cancelled);
    EXPECT_EQ(cancelled->payment.refunded, Dinars{750});
    EXPECT_EQ(payments_.sharing.at(id).to_driver, Dinars{750});
    EXPECT_EQ(payments_.sharing.at(id).to_platform, Dinars{75});
    EXPECT_EQ(counter(amina_, "late_cancellations"), 1);
}

TEST_F(BookingActions, CancelByThePassengerIsPossibleUntilThePickup) {
    const BookingId id = confirmed(amina_, add_trip(driver_, {.departs_in = 20min}), Method::sandbox);
    clock_.advance(20min);
    EXPECT_EQ(code_of(act(&BookingService::cancel, as(amina_), id)), Code::pickup_passed);
    EXPECT_EQ(status(id), "confirmed");
    EXPECT_EQ(payment_status(id), "hold");
    EXPECT_EQ(counter(amina_, "late_cancellations"), 0);
    EXPECT_TRUE(act(&BookingService::cancel, as(driver_), id)) << "a driver who cancels refunds in full at any time";
    EXPECT_EQ(payments_.sharing.at(id).to_passenger, Dinars{1575});
}

TEST_F(BookingActions, CancelSoonAfterConfirmingCostsNothing) {
    const BookingId id = confirmed(amina_, add_trip(driver_, {.departs_in = 5h}), Method::sandbox);
    clock_.advance(30min);
    EXPECT_EQ(act(&BookingService::cancel, as(amina_), id)->payment.refunded, Dinars{1575});
    EXPECT_EQ(counter(amina_, "late_cancellations"), 0);
}

TEST_F(BookingActions, CancelByTheDriverRefundsInFullAndCountsAgainstThem) {
    const BookingId id = confirmed(amina_, add_trip(driver_, {.departs_in = 20h}), Method::sandbox);
    clock_.advance(1h);
    const auto cancelled = act(&BookingService::cancel, as(driver_), id);
    EXPECT_EQ(cancelled->status, BookingStatus::cancelled_by_driver);
    EXPECT_EQ(cancelled->payment.refunded, Dinars{1575});
    EXPECT_EQ(counter(driver_, "late_cancellations"), 1);
    EXPECT_EQ(counter(amina_, "late_cancellations"), 0);
}

TEST_F(BookingActions, CancelByTheDriverCountsWithinThePassengersGrace) {
    const BookingId id = confirmed(amina_, add_trip(driver_, {.departs_in = 20h}), Method::sandbox);
    clock_.advance(1min);
    ASSERT_TRUE(act(&BookingService::cancel, as(driver_), id));
    EXPECT_EQ(counter(driver_, "late_cancellations"), 1);
}

TEST_F(BookingActions, CancelByAnAdminRefundsInFullAndCountsAgainstNoOne) {
    const BookingId id = confirmed(amina_, add_trip(driver_, {.departs_in = 20h}), Method::sandbox);
    clock_.advance(1h);
    const auto cancelled = act(&BookingService::cancel, admin_, id);
    EXPECT_EQ(cancelled->status, BookingStatus::cancelled_by_admin);
    EXPECT_EQ(cancelled->payment.refunded, Dinars{1575});
    EXPECT_EQ(counter(driver_, "late_cancellations") + counter(amina_, "late_cancellations"), 0);
}

TEST_F(BookingActions, CancelFollowsThePolicyOfTheDayItWasBooked) {
    const BookingId id = confirmed(amina_, add_trip(driver_, {.departs_in = 60h}), Method::sandbox);
    database_.execute("insert into cancellation_policies values ('2026-12-02', 72, 0, 0), ('2020-01-01', 72, 0, 0)");
    clock_.advance(30h);
    EXPECT_EQ(act(&BookingService::cancel, as(amina_), id)->payment.refunded, Dinars{1500});
    const BookingId stricter = confirmed(amina_, add_trip(add_driver("Brahim"), {.departs_in = 60h}), Method::sandbox);
    clock_.advance(1us);
    EXPECT_EQ(act(&BookingService::cancel, as(amina_), stricter)->payment.refunded, Dinars{0});
}

TEST_F(BookingActions, CancelledSeatsAreSoldAgain) {
    const TripId trip = add_trip(driver_, {.seats = 1});
    const BookingId id = confirmed(amina_, trip);
    EXPECT_EQ(code_of(book(stranger_, trip)), Code::trip_full);
    ASSERT_TRUE(act(&BookingService::cancel, as(amina_), id));
    ASSERT_TRUE(book(stranger_, trip));
    EXPECT_EQ(code_of(act(&BookingService::cancel, as(amina_), id)), Code::illegal_transition);
    EXPECT_EQ(seats_left(trip), "0,0");
}

TEST_F(BookingActions, CompleteIsForBoardedBookings) {
    const BookingId id = confirmed(amina_, add_trip(driver_), Method::sandbox);
    start(testing::run(queries_.find(as(driver_), id))->trip_id);
    EXPECT_EQ(code_of(act(&BookingService::complete, as(driver_), id)), Code::not_boarded);
    ASSERT_TRUE(board(driver_, id, by_pin(codes_.pin(id))));
    const auto done = act(&BookingService::complete, as(driver_), id);
    ASSERT_TRUE(done);
    EXPECT_EQ(done->status, BookingStatus::completed);
    EXPECT_EQ(payments_.captures.at(id), clock_.now() + 24h);
    EXPECT_EQ(counter(amina_, "trips_travelled"), 1);
    complete(done->trip_id);
    EXPECT_EQ(counter(amina_, "trips_travelled"), 1);
}

TEST_F(BookingActions, APinMayBeTriedFiveTimes) {
    const BookingId id = confirmed(amina_, add_trip(driver_));
    const std::string right = codes_.pin(id), wrong = right == "0000" ? "0001" : "0000";
    for (int i = 0; i < pin_tries; ++i) {
        EXPECT_EQ(code_of(board(driver_, id, by_pin(wrong))), Code::boarding_code_invalid) << i;
    }
    EXPECT_EQ(code_of(board(driver_, id, by_pin(right))), Code::boarding_locked);
    EXPECT_EQ(code_of(board(driver_, id, by_pin(wrong))), Code::boarding_locked);
    EXPECT_EQ(status(id), "confirmed");
    EXPECT_TRUE(board(driver_, id, by_token(testing::run(queries_.find(as(amina_), id))->boarding->token)));
}

TEST_F(BookingActions, TheRightPinBoardsAtTheFifthTry) {
    const BookingId id = confirmed(amina_, add_trip(driver_));
    const std::string right = codes_.pin(id), wrong = right == "0000" ? "0001" : "0000";
    for (int i = 0; i < pin_tries - 1; ++i) board(driver_, id, by_pin(wrong));
    const auto boarded = board(driver_, id, by_pin(right));
    ASSERT_TRUE(boarded);
    EXPECT_EQ(boarded->status, BookingStatus::boarded);
    EXPECT_EQ(news(id), "confirmed boarded");
}

TEST_F(BookingActions, TokensBoardOnceAndOnlyTheirBooking) {
    const TripId trip = add_trip(driver_);
    const BookingId id = confirmed(amina_, trip), other = confirmed(stranger_, trip);
    const std::string token = testing::run(queries_.find(as(amina_), id))->boarding->token;
    EXPECT_EQ(code_of(board(driver_, other, by_token(token))), Code::boarding_code_invalid);
    EXPECT_EQ(code_of(board(driver_, id, by_token("forged"))), Code::boarding_code_invalid);
    ASSERT_TRUE(board(driver_, id, by_token(token)));
    EXPECT_EQ(code_of(board(driver_, id, by_token(token))), Code::illegal_transition);
    EXPECT_EQ(code_of(act(&BookingService::cancel, as(amina_), id)), Code::illegal_transition);
}

TEST_F(BookingActions, BoardingNeedsOneProofFromTheDriver) {
    const BookingId id = confirmed(amina_, add_trip(driver_));
    const Board right = by_pin(codes_.pin(id));
    EXPECT_EQ(code_of(board(driver_, id, {})), Code::validation_failed);
    EXPECT_EQ(code_of(board(driver_, id, {right.pin, by_token("x").token})), Code::validation_failed);
    EXPECT_EQ(code_of(board(amina_, id, right)), Code::forbidden);
    EXPECT_EQ(code_of(board(stranger_, id, right)), Code::not_found);
    const BookingId unpaid = book(stranger_, add_trip(driver_, {.departs_in = 300h}), {.method = Method::sandbox})->id;
    EXPECT_EQ(code_of(board(driver_, unpaid, by_pin(codes_.pin(unpaid)))), Code::illegal_transition);
}

}  // namespace
}  // namespace safargo::bookings
