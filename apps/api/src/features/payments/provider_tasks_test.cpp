#include "features/payments/provider_tasks.hpp"

#include "core/failures.hpp"
#include "core/metrics.hpp"
#include "features/payments/payments_world_test.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/experimental/awaitable_operators.hpp>

namespace safargo::payments {
namespace {

using ::testing::HasSubstr;
using enum PaymentStatus;
using ledger::Account;
using sandbox::ChargeStatus;
using sandbox::FaultOutcome;
using sandbox::Operation;
using std::chrono::hours;
using std::chrono::seconds;
using test::run;

Task<void> refund_all(db::Transaction& tx, PaymentActions& actions, Caller admin, Charge charge) {
    const RefundPayment all{.amount = std::nullopt, .reason = Text<300>::parse("dispute").value()};
    EXPECT_TRUE((co_await actions.refund(tx, admin, charge.booking, all)).has_value());
}

class ProviderTasksTest : public test::TasksWorld {};

TEST_F(ProviderTasksTest, APartThatCannotBeCollectedIsReversedInTheBooks) {
    const Charge charge = book_held();
    end(charge, "cancelled", {{750}, {750}, {75}});
    EXPECT_EQ(balance(Account::driver_payable, driver), Dinars{750});
    script(Operation::capture, FaultOutcome::declined);
    EXPECT_EQ(work_off(), 0);
    EXPECT_EQ(status(charge), failed);
    EXPECT_EQ(payment(charge).captured, Dinars{0});
    EXPECT_EQ(payment(charge).refunded, Dinars{0});
    EXPECT_EQ(balance(Account::driver_payable, driver), Dinars{0});
    EXPECT_EQ(balance(Account::platform_revenue), Dinars{0});
    EXPECT_EQ(discrepancies(), std::vector<std::string>{});
}

TEST_F(ProviderTasksTest, TasksWithoutAnswerAreRetriedAndMoveNothingTwice) {
    const Charge late = book_held(), early = book_held(), done = book_captured();
    for (const Operation operation : {Operation::capture, Operation::release, Operation::refund}) {
        script(operation, FaultOutcome::unavailable_before);
        script(operation, FaultOutcome::lost_answer);
    }
    end(late, "cancelled", {{750}, {750}, {75}});
    end(early, "cancelled", {{1575}, {0}, {0}});
    in_transaction([&](db::Transaction& tx) { return refund_all(tx, actions, as_admin, done); });
    for (int round = 0; round < 2; ++round) EXPECT_EQ(work_off(), 3);
    EXPECT_EQ(work_off(), 0);  // the provider has them already
    EXPECT_EQ(at_provider(late), (sandbox::Charge{ChargeStatus::captured, {1575}, {825}, {0}}));
    EXPECT_EQ(at_provider(early), (sandbox::Charge{ChargeStatus::released, {1575}, {0}, {0}}));
    EXPECT_EQ(at_provider(done), (sandbox::Charge{ChargeStatus::refunded, {1575}, {1575}, {1575}}));
    expect_sound();
}

TEST_F(ProviderTasksTest, ARefusedRefundStaysQueuedForOperators) {
    const Charge charge = book_captured();
    script(Operation::refund, FaultOutcome::declined);
    in_transaction([&](db::Transaction& tx) { return refund_all(tx, actions, as_admin, charge); });
    EXPECT_EQ(work_off(), 1);
    EXPECT_THAT(metrics::render(), HasSubstr("safargo_payments_failed_total{reason=\"refund_refused\"}"));
    EXPECT_EQ(queued(charge).back().kind, "payment.refund");
}

TEST_F(ProviderTasksTest, ARefusedReleaseOfMoneyThatIsStillHeldStaysQueued) {
    const Charge charge = book_held();
    end(charge, "cancelled", {{1575}, {0}, {0}});
    script(Operation::release, FaultOutcome::declined);
    EXPECT_EQ(work_off(), 1);
    EXPECT_EQ(at_provider(charge)->status, ChargeStatus::held);
}

TEST_F(ProviderTasksTest, AHoldThatLapsedNeedsNoRelease) {
    const Charge charge = book_held();
    end(charge, "cancelled", {{1575}, {0}, {0}});
    run(sandbox.release("by itself", {.payment = payment(charge).id.str()}));
    EXPECT_EQ(work_off(), 0);
    expect_sound();
}

TEST_F(ProviderTasksTest, AnInvalidPayloadIsRefused) {
    for (const db::Handling& task : provider_tasks.subscription().handlings) {
        const db::OutboxMessage message{.ordering_key = "x", .kind = task.kind, .payload = "{}"};
        EXPECT_THROW(run(task.handler(message)), std::runtime_error) << task.kind;
    }
}

TEST_F(ProviderTasksTest, WithoutAListenerMoneyIsNeverRecorded) {
    const Charge charge = book();
    ProviderTasks unheard(db(), clock, Providers{&provider});
    EXPECT_THROW(run(unheard.hold_now(charge.booking)), std::logic_error);
    expect_payment(charge, intent, 0, 0);
}

}  // namespace
}  // namespace safargo::payments
