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

class PaymentServiceTest : public ::testing::Test, protected test::PaymentsWorld {};

TEST_F(PaymentServiceTest, AcceptsCashAndWhatAProviderServes) {
    EXPECT_TRUE(service.accepts(Method::cash));
    EXPECT_TRUE(service.accepts(Method::sandbox));
    for (const Method method : {Method::card, Method::edahabia, Method::cib}) {
        EXPECT_EQ(service.accepts(method).error().code, Code::feature_unavailable);
    }
    const PaymentService production(Providers{}, provider_tasks);
    EXPECT_TRUE(production.accepts(Method::cash));
    EXPECT_EQ(production.accepts(Method::sandbox).error().code, Code::feature_unavailable);
}

TEST_F(PaymentServiceTest, OpensARequestWithoutATask) {
    const Charge charge = book(Method::sandbox, 1500, "requested");
    EXPECT_EQ(payment(charge).status, intent);
    EXPECT_THAT(queued(charge), IsEmpty());
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
    EXPECT_THROW(run(provider_tasks.authorize(charge.booking)), std::logic_error);
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
    EXPECT_EQ(run(provider_tasks.authorize(charge.booking)), Asked::held);
    EXPECT_EQ(run(provider_tasks.authorize(charge.booking)), Asked::held);
    EXPECT_EQ(at_provider(charge)->amount, Dinars{1575});
    EXPECT_EQ(payment(charge).status, intent);  // recording it is the booking's decision
}

TEST_F(PaymentServiceTest, AuthorizeReportsADecline) {
    script(sandbox::Operation::hold, sandbox::FaultOutcome::declined);
    const Charge charge = book();
    EXPECT_EQ(run(provider_tasks.authorize(charge.booking)), Asked::refused);
    EXPECT_EQ(run(provider_tasks.authorize(charge.booking)), Asked::refused);
}

TEST_F(PaymentServiceTest, AuthorizeMayBeRetriedAfterALostAnswer) {
    script(sandbox::Operation::hold, sandbox::FaultOutcome::lost_answer);
    const Charge charge = book();
    EXPECT_THROW(run(provider_tasks.authorize(charge.booking)), DependencyUnavailable);
    EXPECT_EQ(run(provider_tasks.authorize(charge.booking)), Asked::held);
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
    run(provider_tasks.authorize(charge.booking));
    record_hold(charge);
    record_hold(charge);
    expect_payment(charge, hold, 0, 0);
    EXPECT_EQ(balance(Account::escrow), Dinars{1575});
    EXPECT_EQ(run(provider_tasks.authorize(charge.booking)), Asked::held);
    expect_sound();
}

Task<void> hold_alone(db::Database& database, ProviderTasks& provider_tasks, BookingId booking) {
    db::Transaction tx = co_await database.begin();
    co_await provider_tasks.record_hold(tx, booking);
    co_await tx.commit();
}

Task<void> hold_at_once(db::Database& database, ProviderTasks& provider_tasks, BookingId booking) {
    using namespace boost::asio::experimental::awaitable_operators;
    co_await (hold_alone(database, provider_tasks, booking) && hold_alone(database, provider_tasks, booking));
}

TEST_F(PaymentServiceTest, TwoTransactionsRecordOneHold) {
    for (int round = 0; round < 10 * test::scale(); ++round) {
        const Charge charge = book();
        run(provider_tasks.authorize(charge.booking));
        run(hold_at_once(db(), provider_tasks, charge.booking));
        EXPECT_EQ(balance(Account::escrow), Dinars{1575 * (round + 1)});
    }
    expect_sound();
}

TEST_F(PaymentServiceTest, ADeclineFailsTheIntentAndIsRepeatable) {
    const Charge charge = book();
    record_decline(charge);
    record_decline(charge);
    expect_payment(charge, failed, 0, 0);
    EXPECT_EQ(run(provider_tasks.authorize(charge.booking)), Asked::refused);
    expect_sound();
}

TEST_F(PaymentServiceTest, ALateDeclineChangesNothing) {
    const Charge charge = book_held();
    record_decline(charge);
    expect_payment(charge, hold, 0, 0);
}

TEST_F(PaymentServiceTest, MoneyThatArrivesAfterADeclineOrTheEndIsHeld) {
    const Charge late = book(), very_late = book();
    record_decline(late);
    end(very_late, {});
    for (const Charge& charge : {late, very_late}) {
        const AttemptName name{.payment = payment(charge).id.str()};
        run(sandbox.open("x" + name.payment, {.name = name, .method = "sandbox", .amount = charge.total()}));
        run(sandbox.hold("y" + name.payment, name));
        EXPECT_EQ(run(provider_tasks.authorize(charge.booking)), Asked::held);
        record_hold(charge);
        expect_payment(charge, hold, 0, 0);
    }
    expect_sound();
}

TEST_F(PaymentServiceTest, CashIsCapturedAtCompletionAndNeverPassesThroughTheLedger) {
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

TEST_F(PaymentServiceTest, OnlyHeldMoneyIsScheduledForCapture) {
    const Charge charge = book_held(), unpaid = book();
    const Instant when = test::start + std::chrono::hours{24};
    for (const Charge& each : {charge, unpaid}) {
        in_transaction([&](db::Transaction& tx) { return service.capture_later(tx, each.booking, clock.now(), when); });
    }
    EXPECT_THAT(queued_kinds(unpaid), ElementsAre("payment.hold"));
    ASSERT_THAT(queued_kinds(charge), ElementsAre("payment.hold", "payment.capture"));
    EXPECT_EQ(queued(charge).back().available_at, when);
    EXPECT_EQ(payment(charge).status, hold);
}

TEST_F(PaymentServiceTest, ABookingWithoutAPaymentIsABug) {
    const Charge unknown{BookingId::make(test::start), passenger, driver, Method::cash, {1}, {0}};
    EXPECT_THROW(record_cash(unknown), std::logic_error);
    EXPECT_THROW(run(provider_tasks.authorize(unknown.booking)), std::logic_error);
}

}  // namespace
}  // namespace safargo::payments
