#include "features/payments/provider_errands.hpp"

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

class ProviderErrandsTest : public ::testing::Test, protected test::PaymentsWorld {
protected:
    PaymentStatus status(const Charge& charge) { return payment(charge).status; }
    void wait(std::chrono::seconds time) { clock.advance(time); }
    void end(const Charge& charge, const std::string& booking_status, Split split = {}) {
        run(bookings.end(charge.booking, booking_status, split));
    }
};

// Holds.

TEST_F(ProviderErrandsTest, TheSafetyNetHoldsWhatNobodyHeld) {
    const Charge charge = book();
    EXPECT_EQ(work_off(), 0);
    EXPECT_EQ(status(charge), intent);
    wait(seconds{5});
    work_off();
    EXPECT_EQ(status(charge), hold);
    EXPECT_EQ(booking_status(charge), "confirmed");
    expect_sound();
}

TEST_F(ProviderErrandsTest, TheSafetyNetFindsNothingToDoForAHeldPayment) {
    const Charge charge = book_held();
    work_off_all();
    EXPECT_EQ(status(charge), hold);
    EXPECT_EQ(at_provider(charge)->status, ChargeStatus::held);
    expect_sound();
}

TEST_F(ProviderErrandsTest, NothingIsHeldBeforeTheDriverAccepts) {
    const Charge charge = book(Method::sandbox, 1500, "requested");
    wait(seconds{5});
    work_off();
    EXPECT_FALSE(at_provider(charge).has_value());
    ASSERT_EQ(queued(charge).size(), 1U);
    set_status(charge, "awaiting_payment");
    wait(seconds{60});
    work_off();
    EXPECT_EQ(status(charge), hold);
    work_off_all();
    expect_sound();
}

TEST_F(ProviderErrandsTest, ADeclinedHoldFailsAndIsCounted) {
    const Charge charge = book();
    script(Operation::hold, FaultOutcome::declined);
    run(errands.try_hold(charge.booking));
    EXPECT_EQ(status(charge), failed);
    EXPECT_EQ(booking_status(charge), "awaiting_payment");
    EXPECT_THAT(metrics::render(), HasSubstr("safargo_payments_failed_total{reason=\"declined\"}"));
    work_off_all();
    EXPECT_EQ(status(charge), failed);
    expect_sound();
}

TEST_F(ProviderErrandsTest, AHoldWithoutAnswerIsTriedAgain) {
    const Charge charge = book();
    script(Operation::hold, FaultOutcome::unavailable_before);
    script(Operation::hold, FaultOutcome::lost_answer);
    EXPECT_THROW(run(errands.try_hold(charge.booking)), DependencyUnavailable);
    wait(seconds{5});
    EXPECT_EQ(work_off(), 1);
    EXPECT_EQ(status(charge), intent);
    EXPECT_EQ(work_off(), 0);
    EXPECT_EQ(status(charge), hold);
    expect_sound();
}

TEST_F(ProviderErrandsTest, MoneyHeldForABookingThatExpiredGoesBack) {
    const Charge charge = book();
    script(Operation::hold, FaultOutcome::lost_answer);
    EXPECT_THROW(run(errands.try_hold(charge.booking)), DependencyUnavailable);
    end(charge, "expired");
    EXPECT_EQ(status(charge), cancelled);
    work_off_all();
    EXPECT_EQ(status(charge), refunded);
    EXPECT_EQ(payment(charge).refunded, Dinars{1575});
    EXPECT_EQ(at_provider(charge)->status, ChargeStatus::released);
    expect_sound();
}

TEST_F(ProviderErrandsTest, MoneyThatABookingNeverTookIsReleasedOutsideTheBooks) {
    const Charge charge = book();
    script(Operation::hold, FaultOutcome::lost_answer);
    EXPECT_THROW(run(errands.try_hold(charge.booking)), DependencyUnavailable);
    end(charge, "cancelled");
    work_off_all();
    EXPECT_EQ(status(charge), cancelled);
    EXPECT_EQ(at_provider(charge)->status, ChargeStatus::released);
    expect_sound();
}

TEST_F(ProviderErrandsTest, AnExpiredBookingThatWasNeverPaidLeavesNothing) {
    const Charge charge = book();
    end(charge, "expired");
    work_off_all();
    EXPECT_EQ(status(charge), cancelled);
    EXPECT_FALSE(at_provider(charge).has_value());
    expect_sound();
}

// Captures.

TEST_F(ProviderErrandsTest, CapturesWhenTheTripIsDone) {
    const Charge charge = book_completed();
    work_off();
    EXPECT_EQ(status(charge), captured);
    EXPECT_EQ(payment(charge).captured, Dinars{1575});
    EXPECT_EQ(payment(charge).refunded, Dinars{0});
    EXPECT_EQ(booking_status(charge), "settled");
    EXPECT_EQ(balance(Account::driver_payable, driver), Dinars{1500});
    EXPECT_EQ(balance(Account::platform_revenue), Dinars{75});
    EXPECT_EQ(at_provider(charge), (sandbox::Charge{ChargeStatus::captured, {1575}, {1575}, {0}}));
    run(errands.capture(charge.booking));
    EXPECT_EQ(balance(Account::driver_payable, driver), Dinars{1500});
    expect_sound();
}

TEST_F(ProviderErrandsTest, WaitsForTheSettlementDelay) {
    const Charge charge = book_held();
    run(bookings.complete(charge.booking, hours{24}));
    wait(hours{24} - seconds{1});
    work_off();
    EXPECT_EQ(status(charge), hold);
    wait(seconds{1});
    work_off();
    EXPECT_EQ(status(charge), captured);
}

TEST_F(ProviderErrandsTest, AFrozenBookingIsLookedAtAgainInAnHour) {
    const Charge charge = book_completed();
    set_status(charge, "disputed");
    EXPECT_EQ(work_off(), 0);
    EXPECT_EQ(status(charge), hold);
    EXPECT_FALSE(payment(charge).capturing);
    EXPECT_EQ(at_provider(charge)->status, ChargeStatus::held);
    set_status(charge, "completed");
    wait(hours{1});
    work_off();
    EXPECT_EQ(status(charge), captured);
    expect_sound();
}

TEST_F(ProviderErrandsTest, ACaptureWithoutAnswerIsTriedAgain) {
    const Charge charge = book_completed();
    script(Operation::capture, FaultOutcome::lost_answer);
    EXPECT_EQ(work_off(), 1);
    EXPECT_EQ(status(charge), hold);
    EXPECT_TRUE(payment(charge).capturing);
    EXPECT_EQ(work_off(), 0);
    EXPECT_EQ(status(charge), captured);
    expect_sound();
}

TEST_F(ProviderErrandsTest, ACaptureThatHasBegunIsFinishedThoughTheBookingWasFrozen) {
    const Charge charge = book_completed();
    script(Operation::capture, FaultOutcome::lost_answer);
    work_off();
    set_status(charge, "disputed");
    work_off();
    EXPECT_EQ(status(charge), captured);
    EXPECT_EQ(booking_status(charge), "disputed");
    expect_sound();
}

TEST_F(ProviderErrandsTest, ARefusedCaptureEndsAsFailedAndNobodyIsPaid) {
    const Charge charge = book_completed();
    script(Operation::capture, FaultOutcome::declined);
    EXPECT_EQ(work_off(), 0);
    EXPECT_EQ(status(charge), failed);
    EXPECT_EQ(payment(charge).captured, Dinars{0});
    EXPECT_EQ(booking_status(charge), "completed");
    EXPECT_EQ(balance(Account::escrow), Dinars{0});
    EXPECT_EQ(balance(Account::provider_clearing), Dinars{0});
    EXPECT_EQ(balance(Account::driver_payable, driver), Dinars{0});
    EXPECT_THAT(metrics::render(), HasSubstr("safargo_payments_failed_total{reason=\"capture_refused\"}"));
    EXPECT_EQ(discrepancies(), std::vector<std::string>{});
    // A late word of the hold does not bring it back.
    in_transaction([&](db::Transaction& tx) { return service.record_hold(tx, charge, clock.now()); });
    EXPECT_EQ(status(charge), failed);
}

Task<void> capture_at_once(ProviderErrands& errands, BookingId booking) {
    using namespace boost::asio::experimental::awaitable_operators;
    co_await (errands.capture(booking) && errands.capture(booking));
}

TEST_F(ProviderErrandsTest, TwoCapturesAtOnceAreOne) {
    for (int round = 0; round < 10 * test::scale(); ++round) {
        const Charge charge = book_completed();
        run(capture_at_once(errands, charge.booking));
        EXPECT_EQ(status(charge), captured);
    }
    work_off_all();
    EXPECT_EQ(balance(Account::platform_revenue), Dinars{75 * 10 * test::scale()});
    expect_sound();
}

// The booking is settled otherwise while the provider is capturing everything: the passenger's part follows as refund.
TEST_F(ProviderErrandsTest, AnEndDuringACaptureBecomesARefund) {
    const Charge charge = book_completed();
    provider.during_capture = [&] { return bookings.end(charge.booking, "cancelled", {{750}, {750}, {75}}); };
    work_off();
    EXPECT_EQ(status(charge), refunded);
    EXPECT_EQ(payment(charge).captured, Dinars{1575});
    EXPECT_EQ(payment(charge).refunded, Dinars{750});
    EXPECT_EQ(booking_status(charge), "cancelled");
    work_off_all();
    EXPECT_EQ(at_provider(charge), (sandbox::Charge{ChargeStatus::refunded, {1575}, {1575}, {750}}));
    EXPECT_EQ(balance(Account::driver_payable, driver), Dinars{750});
    expect_sound();
}

TEST_F(ProviderErrandsTest, AFullReturnDuringACaptureBecomesARefund) {
    const Charge charge = book_completed();
    provider.during_capture = [&] { return bookings.end(charge.booking, "cancelled", {{1575}, {0}, {0}}); };
    work_off_all();
    EXPECT_EQ(status(charge), refunded);
    EXPECT_EQ(at_provider(charge), (sandbox::Charge{ChargeStatus::refunded, {1575}, {1575}, {1575}}));
    expect_sound();
}

// What is in the books already.

TEST_F(ProviderErrandsTest, APartThatCannotBeCollectedLeavesTheBooks) {
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

TEST_F(ProviderErrandsTest, ErrandsWithoutAnswerAreTriedAgainAndMoveNothingTwice) {
    const Charge late = book_held(), early = book_held(), done = book_captured();
    for (const Operation operation : {Operation::capture, Operation::release, Operation::refund}) {
        script(operation, FaultOutcome::unavailable_before);
        script(operation, FaultOutcome::lost_answer, 2);
    }
    end(late, "cancelled", {{750}, {750}, {75}});
    end(early, "cancelled", {{1575}, {0}, {0}});
    in_transaction([&](db::Transaction& tx) { return refund_all(tx, actions, as_admin, done); });
    for (int round = 0; round < 3; ++round) EXPECT_EQ(work_off(), 3);
    EXPECT_EQ(work_off(), 0);
    EXPECT_EQ(at_provider(late), (sandbox::Charge{ChargeStatus::captured, {1575}, {825}, {0}}));
    EXPECT_EQ(at_provider(early), (sandbox::Charge{ChargeStatus::released, {1575}, {0}, {0}}));
    EXPECT_EQ(at_provider(done), (sandbox::Charge{ChargeStatus::refunded, {1575}, {1575}, {1575}}));
    expect_sound();
}

TEST_F(ProviderErrandsTest, ARefusedRefundStaysQueuedForPeopleToSee) {
    const Charge charge = book_captured();
    script(Operation::refund, FaultOutcome::declined);
    in_transaction([&](db::Transaction& tx) { return refund_all(tx, actions, as_admin, charge); });
    EXPECT_EQ(work_off(), 1);
    EXPECT_THAT(metrics::render(), HasSubstr("safargo_payments_failed_total{reason=\"refund_refused\"}"));
    EXPECT_EQ(queued(charge).back().kind, "payment.refund");
}

TEST_F(ProviderErrandsTest, ARefusedReleaseOfMoneyThatIsStillHeldStaysQueued) {
    const Charge charge = book_held();
    end(charge, "cancelled", {{1575}, {0}, {0}});
    script(Operation::release, FaultOutcome::declined);
    EXPECT_EQ(work_off(), 1);
    EXPECT_EQ(at_provider(charge)->status, ChargeStatus::held);
}

TEST_F(ProviderErrandsTest, AHoldThatLapsedNeedsNoRelease) {
    const Charge charge = book_held();
    end(charge, "cancelled", {{1575}, {0}, {0}});
    run(sandbox.release("by itself", payment(charge).id.str()));
    EXPECT_EQ(work_off(), 0);
    expect_sound();
}

TEST_F(ProviderErrandsTest, APayloadThatIsNoneIsRefused) {
    for (const db::OutboxRoute& route : errands.routes()) {
        const db::OutboxMessage message{.ordering_key = "x", .kind = route.kind, .payload = "{}"};
        EXPECT_THROW(run(route.handler(message)), std::runtime_error) << route.kind;
    }
}

}  // namespace
}  // namespace safargo::payments
