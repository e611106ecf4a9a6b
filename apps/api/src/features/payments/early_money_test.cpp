// Money that is with us before the ride: a hold would lapse, so it was taken, and stays on hold for both sides.
#include "features/payments/attempt_rows.hpp"
#include "features/payments/payments_world_test.hpp"

#include <gtest/gtest.h>

namespace safargo::payments {
namespace {

using enum PaymentStatus;
using ledger::Account;
using sandbox::ChargeStatus;
using sandbox::FaultOutcome;
using sandbox::Operation;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::seconds;
using test::run;

constexpr Split late_cancellation{{750}, {750}, {75}};

class EarlyMoneyTest : public test::TasksWorld {
protected:
    // Held for a ride that ends so much later.
    Charge book_ahead(std::chrono::seconds ahead) {
        bookings.arrives_at = clock.now() + ahead;
        return book_held();
    }
    sandbox::Charge charged(const Charge& charge) { return at_provider(charge).value(); }
    // The provider said so when it held the money.
    void lapses(const Charge& charge, Instant when) {
        const PaymentId id = payment(charge).id;
        const Attempt answer{.reference = id.str(), .state = AttemptState::held, .capture_before = when};
        EXPECT_TRUE(run(store_answer(db(), id, 1, answer)));
    }
};

TEST_F(EarlyMoneyTest, OnlyARideFarAheadIsPaidAtOnce) {
    const Charge near = book_ahead(days{5}), far = book_ahead(days{5} + seconds{1});
    EXPECT_EQ(charged(near).status, ChargeStatus::held);
    EXPECT_EQ(charged(far), (sandbox::Charge{ChargeStatus::captured, {1575}, {1575}, {0}}));
    for (const Charge& charge : {near, far}) expect_payment(charge, hold, 0, 0);
    EXPECT_EQ(balance(Account::escrow), Dinars{3150});
    expect_sound();
}

TEST_F(EarlyMoneyTest, AfterTheRideItIsSharedOutWithoutAnotherCapture) {
    const Charge charge = book_ahead(days{30});
    script(Operation::capture, FaultOutcome::declined);  // would show
    run(bookings.complete(charge.booking, seconds{0}));
    EXPECT_EQ(work_off(), 0);
    expect_payment(charge, captured, 1575, 0);
    EXPECT_EQ(booking_status(charge), "settled");
    EXPECT_EQ(run(sandbox.faults()).size(), 1U);
    expect_sound();
}

TEST_F(EarlyMoneyTest, ACancellationGivesThePassengersPartBack) {
    const Charge charge = book_ahead(days{30});
    end(charge, "cancelled", late_cancellation);
    work_off_all();
    expect_payment(charge, refunded, 825, 750);
    EXPECT_EQ(charged(charge), (sandbox::Charge{ChargeStatus::refunded, {1575}, {1575}, {750}}));
    EXPECT_EQ(balance(Account::driver_payable, driver), Dinars{750});
    EXPECT_EQ(balance(Account::platform_revenue), Dinars{75});
    expect_sound();
}

TEST_F(EarlyMoneyTest, AFullReturnIsARefund) {
    const Charge charge = book_ahead(days{30});
    script(Operation::refund, FaultOutcome::unavailable_before);
    script(Operation::refund, FaultOutcome::lost_answer);
    end(charge, "cancelled", {{1575}, {0}, {0}});
    EXPECT_EQ(work_off(), 1);
    EXPECT_EQ(work_off(), 1);
    EXPECT_EQ(work_off(), 0);
    EXPECT_EQ(charged(charge), (sandbox::Charge{ChargeStatus::refunded, {1575}, {1575}, {1575}}));
    expect_sound();
}

TEST_F(EarlyMoneyTest, AHoldThatWouldLapseIsTaken) {
    const Charge soon = book_held(), later = book_held(), free = book_held(0);
    lapses(soon, clock.now() + hours{24} - seconds{1});
    lapses(later, clock.now() + hours{24});
    lapses(free, clock.now());
    run(provider_tasks.take_lapsing(clock.now()));
    EXPECT_EQ(charged(soon).status, ChargeStatus::captured);
    EXPECT_EQ(charged(later).status, ChargeStatus::held);
    EXPECT_EQ(payment(soon).capture_before, std::nullopt);
    expect_payment(soon, hold, 0, 0);
    expect_sound();
    end(soon, "cancelled", late_cancellation);
    work_off_all();
    EXPECT_EQ(charged(soon), (sandbox::Charge{ChargeStatus::refunded, {1575}, {1575}, {750}}));
    expect_sound();
}

TEST_F(EarlyMoneyTest, ALapsingHoldThatCannotBeTakenHoldsBackNoOther) {
    const Charge first = book_held(), second = book_held();
    lapses(first, clock.now() + hours{1});
    lapses(second, clock.now() + hours{2});
    script(Operation::capture, FaultOutcome::unavailable_before);
    run(provider_tasks.take_lapsing(clock.now()));
    EXPECT_EQ(charged(first).status, ChargeStatus::held);
    EXPECT_EQ(charged(second).status, ChargeStatus::captured);
    lapses(first, clock.now() + hours{1});  // the sandbox does not remember
    run(provider_tasks.take_lapsing(clock.now()));
    EXPECT_EQ(charged(first).status, ChargeStatus::captured);
    expect_sound();
}

}  // namespace
}  // namespace safargo::payments
