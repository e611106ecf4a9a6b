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

class HoldTasksTest : public test::TasksWorld {};

TEST_F(HoldTasksTest, TheSafetyNetHoldsAnOpenIntent) {
    const Charge charge = book();
    EXPECT_EQ(work_off(), 0);
    EXPECT_EQ(status(charge), intent);
    wait(seconds{5});
    work_off();
    EXPECT_EQ(status(charge), hold);
    EXPECT_EQ(booking_status(charge), "confirmed");
    expect_sound();
}

TEST_F(HoldTasksTest, TheSafetyNetFindsNothingToDoForAHeldPayment) {
    const Charge charge = book_held();
    work_off_all();
    EXPECT_EQ(status(charge), hold);
    EXPECT_EQ(at_provider(charge)->status, ChargeStatus::held);
    expect_sound();
}

TEST_F(HoldTasksTest, NothingIsHeldBeforeTheDriverAccepts) {
    const Charge charge = book(Method::sandbox, 1500, "requested");
    EXPECT_EQ(queued(charge).size(), 0U);  // and nothing polls every minute
    wait(hours{3});
    work_off();
    EXPECT_FALSE(at_provider(charge).has_value());
    EXPECT_EQ(queued(charge).size(), 0U);
    accept(charge);
    ASSERT_EQ(queued(charge).size(), 1U);
    wait(seconds{5});
    work_off();
    EXPECT_EQ(status(charge), hold);
    work_off_all();
    expect_sound();
}

// A row of the previous version, which asked at once.
TEST_F(HoldTasksTest, ATaskForARequestEndsWithoutAFollowUp) {
    const Charge charge = book();
    set_status(charge, "requested");
    wait(seconds{5});
    EXPECT_EQ(work_off(), 0);
    EXPECT_EQ(status(charge), intent);
    EXPECT_EQ(queued(charge).size(), 0U);
}

TEST_F(HoldTasksTest, ADeclinedHoldFailsAndIsCounted) {
    const Charge charge = book();
    script(Operation::hold, FaultOutcome::declined);
    run(service.hold_now(charge.booking));
    EXPECT_EQ(status(charge), failed);
    EXPECT_EQ(booking_status(charge), "awaiting_payment");
    EXPECT_THAT(metrics::render(), HasSubstr("safargo_payments_failed_total{reason=\"declined\"}"));
    work_off_all();
    EXPECT_EQ(status(charge), failed);
    expect_sound();
}

TEST_F(HoldTasksTest, AHoldWithoutAnswerIsTriedAgain) {
    const Charge charge = book();
    script(Operation::hold, FaultOutcome::unavailable_before);
    script(Operation::hold, FaultOutcome::lost_answer);
    EXPECT_THROW(run(service.hold_now(charge.booking)), DependencyUnavailable);
    wait(seconds{5});
    EXPECT_EQ(work_off(), 1);
    EXPECT_EQ(status(charge), intent);
    EXPECT_EQ(work_off(), 0);
    EXPECT_EQ(status(charge), hold);
    expect_sound();
}

TEST_F(HoldTasksTest, MoneyHeldForABookingThatExpiredGoesBack) {
    const Charge charge = book();
    script(Operation::hold, FaultOutcome::lost_answer);
    EXPECT_THROW(run(service.hold_now(charge.booking)), DependencyUnavailable);
    end(charge, "expired");
    EXPECT_EQ(status(charge), cancelled);
    work_off_all();
    EXPECT_EQ(status(charge), refunded);
    EXPECT_EQ(payment(charge).refunded, Dinars{1575});
    EXPECT_EQ(at_provider(charge)->status, ChargeStatus::released);
    expect_sound();
}

TEST_F(HoldTasksTest, MoneyThatABookingNeverAcceptedIsReleasedOutsideTheBooks) {
    const Charge charge = book();
    script(Operation::hold, FaultOutcome::lost_answer);
    EXPECT_THROW(run(service.hold_now(charge.booking)), DependencyUnavailable);
    end(charge, "cancelled");
    work_off_all();
    EXPECT_EQ(status(charge), cancelled);
    EXPECT_EQ(at_provider(charge)->status, ChargeStatus::released);
    expect_sound();
}

TEST_F(HoldTasksTest, MoneyAcceptedAfterAllIsNotReleased) {
    const Charge charge = book();
    run(provider_tasks.authorize(charge.booking));
    end(charge, "cancelled");
    end(charge, "cancelled");  // releases money that may have arrived
    ASSERT_EQ(queued(charge).back().kind, "payment.release");
    record_hold(charge);
    work_off();
    EXPECT_EQ(at_provider(charge)->status, ChargeStatus::held);
    expect_sound();
}

TEST_F(HoldTasksTest, AnExpiredBookingThatWasNeverPaidLeavesNothing) {
    const Charge charge = book();
    end(charge, "expired");
    work_off_all();
    EXPECT_EQ(status(charge), cancelled);
    EXPECT_FALSE(at_provider(charge).has_value());
    expect_sound();
}

}  // namespace
}  // namespace safargo::payments
