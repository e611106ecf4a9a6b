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

class CaptureTasksTest : public test::TasksWorld {};

TEST_F(CaptureTasksTest, CapturesWhenTheTripIsDone) {
    const Charge charge = book_completed();
    work_off();
    EXPECT_EQ(status(charge), captured);
    EXPECT_EQ(payment(charge).captured, Dinars{1575});
    EXPECT_EQ(payment(charge).refunded, Dinars{0});
    EXPECT_EQ(booking_status(charge), "settled");
    EXPECT_EQ(balance(Account::driver_payable, driver), Dinars{1500});
    EXPECT_EQ(balance(Account::platform_revenue), Dinars{75});
    EXPECT_EQ(at_provider(charge), (sandbox::Charge{ChargeStatus::captured, {1575}, {1575}, {0}}));
    run(provider_tasks.capture(charge.booking));
    EXPECT_EQ(balance(Account::driver_payable, driver), Dinars{1500});
    expect_sound();
}

TEST_F(CaptureTasksTest, WaitsForTheSettlementDelay) {
    const Charge charge = book_held();
    run(bookings.complete(charge.booking, hours{24}));
    wait(hours{24} - seconds{1});
    work_off();
    EXPECT_EQ(status(charge), hold);
    wait(seconds{1});
    work_off();
    EXPECT_EQ(status(charge), captured);
}

TEST_F(CaptureTasksTest, ANoShowIsPaidAfterTheSettlementDelayUnlessItIsDisputed) {
    const Charge accepted = book_held(), contested = book_held();
    for (const Charge& charge : {accepted, contested}) {
        set_status(charge, "no_show_passenger");
        in_transaction([&](db::Transaction& tx) {
            return service.capture_later(tx, charge.booking, clock.now(), clock.now() + hours{24});
        });
    }
    wait(hours{24} - seconds{1});
    work_off();
    EXPECT_EQ(status(accepted), hold);
    set_status(contested, "disputed");
    wait(seconds{1});
    work_off();
    EXPECT_EQ(status(accepted), captured);
    EXPECT_EQ(status(contested), hold);
    EXPECT_EQ(booking_status(accepted), "no_show_passenger");
    EXPECT_EQ(balance(Account::driver_payable, driver), Dinars{1500});
    EXPECT_EQ(balance(Account::platform_revenue), Dinars{75});
    expect_sound();
}

TEST_F(CaptureTasksTest, AFrozenBookingIsCheckedAgainInAnHour) {
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

TEST_F(CaptureTasksTest, ACaptureWithoutAnswerIsTriedAgain) {
    const Charge charge = book_completed();
    script(Operation::capture, FaultOutcome::lost_answer);
    EXPECT_EQ(work_off(), 1);
    EXPECT_EQ(status(charge), hold);
    EXPECT_TRUE(payment(charge).capturing);
    EXPECT_EQ(work_off(), 0);
    EXPECT_EQ(status(charge), captured);
    expect_sound();
}

TEST_F(CaptureTasksTest, ACaptureInProgressIsFinishedEvenIfTheBookingIsFrozen) {
    const Charge charge = book_completed();
    script(Operation::capture, FaultOutcome::lost_answer);
    work_off();
    set_status(charge, "disputed");
    work_off();
    EXPECT_EQ(status(charge), captured);
    EXPECT_EQ(booking_status(charge), "disputed");
    expect_sound();
}

TEST_F(CaptureTasksTest, ARefusedCaptureEndsAsFailedAndNoOneIsPaid) {
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
    // A late answer about the hold does not revive it.
    in_transaction([&](db::Transaction& tx) { return provider_tasks.record_hold(tx, charge.booking); });
    EXPECT_EQ(status(charge), failed);
}

Task<void> capture_at_once(ProviderTasks& provider_tasks, BookingId booking) {
    using namespace boost::asio::experimental::awaitable_operators;
    co_await (provider_tasks.capture(booking) && provider_tasks.capture(booking));
}

TEST_F(CaptureTasksTest, TwoCapturesAtOnceAreOne) {
    for (int round = 0; round < 10 * test::scale(); ++round) {
        const Charge charge = book_completed();
        run(capture_at_once(provider_tasks, charge.booking));
        EXPECT_EQ(status(charge), captured);
    }
    work_off_all();
    EXPECT_EQ(balance(Account::platform_revenue), Dinars{75 * 10 * test::scale()});
    expect_sound();
}

// The booking ends another way while the provider is capturing everything: the passenger's part follows as a refund.
TEST_F(CaptureTasksTest, AnEndDuringACaptureBecomesARefund) {
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

TEST_F(CaptureTasksTest, AFullReturnDuringACaptureBecomesARefund) {
    const Charge charge = book_completed();
    provider.during_capture = [&] { return bookings.end(charge.booking, "cancelled", {{1575}, {0}, {0}}); };
    work_off_all();
    EXPECT_EQ(status(charge), refunded);
    EXPECT_EQ(at_provider(charge), (sandbox::Charge{ChargeStatus::refunded, {1575}, {1575}, {1575}}));
    expect_sound();
}

}  // namespace
}  // namespace safargo::payments
