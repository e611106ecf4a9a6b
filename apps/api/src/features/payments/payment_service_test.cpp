#include "features/payments/payment_service.hpp"

#include "core/failures.hpp"
#include "features/payments/payments_world_test.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/experimental/awaitable_operators.hpp>

namespace safargo::payments {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using enum PaymentStatus;
using ledger::Account;
using test::run;
using QueuedRow = test::PaymentsWorld::QueuedRow;

class PaymentServiceTest : public ::testing::Test, protected test::PaymentsWorld {
protected:
    void record_hold(const Charge& charge) {
        in_transaction([&](db::Transaction& tx) { return service.record_hold(tx, charge, clock.now()); });
    }
    void record_decline(const Charge& charge) {
        in_transaction([&](db::Transaction& tx) { return service.record_decline(tx, charge, clock.now()); });
    }
    void end(const Charge& charge, Split split) {
        in_transaction([&](db::Transaction& tx) { return service.end(tx, charge, split, clock.now()); });
    }
    void record_cash(const Charge& charge) {
        in_transaction([&](db::Transaction& tx) { return service.record_cash(tx, charge, clock.now()); });
    }
    std::vector<std::string> queued_kinds(const Charge& charge) {
        std::vector<std::string> kinds;
        for (const QueuedRow& row : queued(charge)) kinds.push_back(row.kind);
        return kinds;
    }
    void expect_payment(const Charge& charge, PaymentStatus status, std::int64_t captured, std::int64_t refunded) {
        const Payment is = payment(charge);
        EXPECT_EQ(is.status, status);
        EXPECT_EQ(is.captured, Dinars{captured});
        EXPECT_EQ(is.refunded, Dinars{refunded});
    }
};

TEST_F(PaymentServiceTest, AcceptsCashAndWhatAProviderServes) {
    EXPECT_TRUE(service.accepts(Method::cash));
    EXPECT_TRUE(service.accepts(Method::sandbox));
    for (const Method method : {Method::card, Method::edahabia, Method::cib}) {
        EXPECT_EQ(service.accepts(method).error().code, Code::feature_unavailable);
    }
    const PaymentService production(db(), Providers{});
    EXPECT_TRUE(production.accepts(Method::cash));
    EXPECT_EQ(production.accepts(Method::sandbox).error().code, Code::feature_unavailable);
}

TEST_F(PaymentServiceTest, OpensAnOnlinePaymentWithASafetyNet) {
    const Charge charge = book(Method::sandbox, 1500);
    const Payment opened = payment(charge);
    EXPECT_EQ(opened.status, intent);
    EXPECT_EQ(opened.amount, Dinars{1575});
    EXPECT_EQ(opened.service_fee, Dinars{75});
    EXPECT_EQ(opened.passenger, passenger);
    EXPECT_EQ(opened.driver, driver);
    EXPECT_THAT(queued(charge),
                ElementsAre(::testing::AllOf(Field(&QueuedRow::kind, "payment.hold"),
                                             Field(&QueuedRow::available_at, test::start + std::chrono::seconds{5}))));
}

TEST_F(PaymentServiceTest, OpensCashWithoutAProvider) {
    const Charge charge = book(Method::cash, 1500);
    EXPECT_EQ(payment(charge).amount, Dinars{1500});
    EXPECT_THAT(queued(charge), IsEmpty());
    EXPECT_THROW(run(service.authorize(charge.booking)), std::logic_error);
}

Task<void> open_again(Payments& payments, db::Transaction& tx, Charge charge, Instant now, PaymentView& answer) {
    answer = co_await payments.open(tx, charge, now);
}

TEST_F(PaymentServiceTest, OpensOnePaymentPerBooking) {
    const Charge charge = book_held();
    PaymentView again{};
    in_transaction([&](db::Transaction& tx) { return open_again(service, tx, charge, clock.now(), again); });
    EXPECT_EQ(again.id, payment(charge).id);
    EXPECT_EQ(again.status, hold);
}

TEST_F(PaymentServiceTest, FindsPaymentsOfBookings) {
    const Charge first = book(), second = book(Method::cash);
    EXPECT_EQ(run(service.find(db(), first.booking)).value().id, payment(first).id);
    EXPECT_EQ(run(service.find(db(), BookingId::make(test::start))).has_value(), false);
    const auto all = run(service.find_all(db(), {second.booking, first.booking, BookingId::make(test::start)}));
    ASSERT_EQ(all.size(), 2U);
    for (const auto& [booking, view] : all) {
        EXPECT_EQ(view.method, booking == first.booking ? Method::sandbox : Method::cash);
    }
    EXPECT_TRUE(run(service.find_all(db(), {})).empty());
}

TEST_F(PaymentServiceTest, AuthorizesOncePerIntent) {
    const Charge charge = book();
    EXPECT_TRUE(run(service.authorize(charge.booking)));
    EXPECT_TRUE(run(service.authorize(charge.booking)));
    EXPECT_EQ(at_provider(charge)->amount, Dinars{1575});
    EXPECT_EQ(payment(charge).status, intent);  // recording it is the booking's decision
}

TEST_F(PaymentServiceTest, AuthorizeTellsADecline) {
    script(sandbox::Operation::hold, sandbox::FaultOutcome::declined);
    const Charge charge = book();
    EXPECT_FALSE(run(service.authorize(charge.booking)));
    EXPECT_FALSE(run(service.authorize(charge.booking)));
}

TEST_F(PaymentServiceTest, AuthorizeMayBeAskedAgainAfterALostAnswer) {
    script(sandbox::Operation::hold, sandbox::FaultOutcome::lost_answer);
    const Charge charge = book();
    EXPECT_THROW(run(service.authorize(charge.booking)), DependencyUnavailable);
    EXPECT_TRUE(run(service.authorize(charge.booking)));
}

TEST_F(PaymentServiceTest, AFreeSeatNeedsNoProvider) {
    const Charge charge = book_held(0);
    EXPECT_EQ(payment(charge).status, hold);
    EXPECT_FALSE(at_provider(charge).has_value());
    run(bookings.complete(charge.booking, std::chrono::seconds{0}));
    work_off_all();
    EXPECT_EQ(payment(charge).status, captured);
    EXPECT_EQ(booking_status(charge), "settled");
    expect_sound();
}

TEST_F(PaymentServiceTest, RecordsAHoldOnce) {
    const Charge charge = book();
    run(service.authorize(charge.booking));
    record_hold(charge);
    record_hold(charge);
    expect_payment(charge, hold, 0, 0);
    EXPECT_EQ(balance(Account::escrow), Dinars{1575});
    EXPECT_TRUE(run(service.authorize(charge.booking)));
    expect_sound();
}

Task<void> hold_alone(db::Database& database, PaymentService& service, Charge charge, Instant now) {
    db::Transaction tx = co_await database.begin();
    co_await service.record_hold(tx, charge, now);
    co_await tx.commit();
}

Task<void> hold_at_once(db::Database& database, PaymentService& service, Charge charge, Instant now) {
    using namespace boost::asio::experimental::awaitable_operators;
    co_await (hold_alone(database, service, charge, now) && hold_alone(database, service, charge, now));
}

TEST_F(PaymentServiceTest, TwoTransactionsRecordOneHold) {
    for (int round = 0; round < 10 * test::scale(); ++round) {
        const Charge charge = book();
        run(service.authorize(charge.booking));
        run(hold_at_once(db(), service, charge, clock.now()));
        EXPECT_EQ(balance(Account::escrow), Dinars{1575 * (round + 1)});
    }
    expect_sound();
}

TEST_F(PaymentServiceTest, ADeclineFailsTheIntentAndIsRepeatable) {
    const Charge charge = book();
    record_decline(charge);
    record_decline(charge);
    expect_payment(charge, failed, 0, 0);
    EXPECT_FALSE(run(service.authorize(charge.booking)));
    expect_sound();
}

TEST_F(PaymentServiceTest, ADeclineThatComesLateChangesNothing) {
    const Charge charge = book_held();
    record_decline(charge);
    expect_payment(charge, hold, 0, 0);
}

TEST_F(PaymentServiceTest, MoneyThatArrivesAfterADeclineOrTheEndIsHeld) {
    const Charge late = book(), very_late = book();
    record_decline(late);
    end(very_late, {});
    for (const Charge& charge : {late, very_late}) {
        run(sandbox.hold("x" + payment(charge).id.str(), payment(charge).id.str(), charge.total()));
        EXPECT_TRUE(run(service.authorize(charge.booking)));
        record_hold(charge);
        expect_payment(charge, hold, 0, 0);
    }
    expect_sound();
}

TEST_F(PaymentServiceTest, AnIntentThatEndsIsCancelledAndLookedAfterOnceMore) {
    const Charge charge = book();
    end(charge, {});
    expect_payment(charge, cancelled, 0, 0);
    EXPECT_THAT(queued_kinds(charge), ElementsAre("payment.hold", "payment.hold"));
    EXPECT_EQ(queued(charge).back().available_at, test::start + std::chrono::seconds{30});
    EXPECT_FALSE(run(service.authorize(charge.booking)));
}

TEST_F(PaymentServiceTest, CashThatEndsIsCancelledQuietly) {
    const Charge charge = book(Method::cash);
    end(charge, {});
    end(charge, {});
    expect_payment(charge, cancelled, 0, 0);
    EXPECT_THAT(queued(charge), IsEmpty());
}

struct Ending {
    Split split;
    PaymentStatus status;
    std::int64_t captured, refunded;
    std::vector<std::string> kinds;
    sandbox::Charge at_provider;
};

class EndingTest : public PaymentServiceTest, public ::testing::WithParamInterface<Ending> {};

TEST_P(EndingTest, SharesOutHeldMoneyOnce) {
    const Ending& ending = GetParam();
    const Charge charge = book_held();
    work_off();
    end(charge, ending.split);
    end(charge, ending.split);
    expect_payment(charge, ending.status, ending.captured, ending.refunded);
    auto kinds = queued_kinds(charge);
    std::erase(kinds, "payment.hold");
    EXPECT_EQ(kinds, ending.kinds);
    EXPECT_EQ(balance(Account::escrow), Dinars{0});
    EXPECT_EQ(balance(Account::driver_payable, driver), ending.split.to_driver);
    EXPECT_EQ(balance(Account::platform_revenue), ending.split.to_platform);
    work_off_all();
    EXPECT_EQ(at_provider(charge), ending.at_provider);
    expect_sound();
}

using sandbox::ChargeStatus;
INSTANTIATE_TEST_SUITE_P(
    Splits, EndingTest,
    ::testing::Values(
        // driver or admin cancels, expiry, within 30 minutes
        Ending{{{1575}, {0}, {0}}, refunded, 0, 1575, {"payment.release"}, {ChargeStatus::released, {1575}, {0}, {0}}},
        // more than 24 h before: the fee stays
        Ending{{{1500}, {0}, {75}},
               refunded,
               75,
               1500,
               {"payment.capture_part"},
               {ChargeStatus::captured, {1575}, {75}, {0}}},
        // late: half to the driver
        Ending{{{750}, {750}, {75}},
               refunded,
               825,
               750,
               {"payment.capture_part"},
               {ChargeStatus::captured, {1575}, {825}, {0}}},
        // the passenger did not come
        Ending{{{0}, {1500}, {75}},
               captured,
               1575,
               0,
               {"payment.capture_part"},
               {ChargeStatus::captured, {1575}, {1575}, {0}}}));

TEST_F(PaymentServiceTest, ASplitMustSumToThePayment) {
    const Charge charge = book_held();
    EXPECT_THROW(end(charge, {{750}, {750}, {74}}), std::logic_error);
    EXPECT_THROW(end(charge, {{1576}, {-1}, {0}}), std::logic_error);
    expect_payment(charge, hold, 0, 0);
    expect_sound();
}

TEST_F(PaymentServiceTest, CashIsCapturedWhenItChangedHandsAndNeverPassesThroughUs) {
    const Charge charge = book(Method::cash, 1500);
    record_cash(charge);
    record_cash(charge);
    expect_payment(charge, captured, 1500, 0);
    EXPECT_EQ(balance(Account::cash), Dinars{1500});
    EXPECT_EQ(balance(Account::payouts, driver), Dinars{1500});
    EXPECT_EQ(balance(Account::driver_payable, driver), Dinars{0});
    end(charge, {});
    expect_payment(charge, captured, 1500, 0);
    EXPECT_THROW(record_cash(book()), std::logic_error);
    expect_sound();
}

TEST_F(PaymentServiceTest, CashOfACancelledBookingIsNotTaken) {
    const Charge charge = book(Method::cash);
    end(charge, {});
    record_cash(charge);
    expect_payment(charge, cancelled, 0, 0);
    expect_sound();
}

TEST_F(PaymentServiceTest, OnlyHeldMoneyIsLeftToBeCaptured) {
    const Charge charge = book_held(), unpaid = book();
    const Instant when = test::start + std::chrono::hours{24};
    for (const Charge& each : {charge, unpaid}) {
        in_transaction([&](db::Transaction& tx) { return service.capture_later(tx, each, clock.now(), when); });
    }
    EXPECT_THAT(queued_kinds(unpaid), ElementsAre("payment.hold"));
    ASSERT_THAT(queued_kinds(charge), ElementsAre("payment.hold", "payment.capture"));
    EXPECT_EQ(queued(charge).back().available_at, when);
    EXPECT_EQ(payment(charge).status, hold);
}

TEST_F(PaymentServiceTest, WhatWaitsForItsTimeNeverBlocksWhatIsDue) {
    const Charge charge = book_held();
    const Instant when = test::start + std::chrono::hours{24};
    in_transaction([&](db::Transaction& tx) { return service.capture_later(tx, charge, clock.now(), when); });
    end(charge, {{1575}, {0}, {0}});
    EXPECT_EQ(work_off(), 0);
    EXPECT_EQ(at_provider(charge)->status, ChargeStatus::released);
    work_off_all();
    expect_payment(charge, refunded, 0, 1575);
    expect_sound();
}

TEST_F(PaymentServiceTest, ABookingWithoutAPaymentIsABug) {
    const Charge unknown{BookingId::make(test::start), passenger, driver, Method::cash, {1}, {0}};
    EXPECT_THROW(record_cash(unknown), std::logic_error);
    EXPECT_THROW(run(service.authorize(unknown.booking)), std::logic_error);
}

}  // namespace
}  // namespace safargo::payments
