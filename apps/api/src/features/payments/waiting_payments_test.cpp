// A passenger who has to act at the provider: the outcome comes by an answer, by looking from time to time, late, or
// never.
#include "core/failures.hpp"
#include "features/payments/payments_world_test.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace safargo::payments {
namespace {

using enum PaymentStatus;
using sandbox::ChargeStatus;
using sandbox::CustomerAct;
using sandbox::FaultOutcome;
using sandbox::Operation;
using std::chrono::minutes;
using std::chrono::seconds;
using test::run;

class WaitingPaymentsTest : public test::TasksWorld {
protected:
    WaitingPaymentsTest() { bookings.pay_until = clock.now() + minutes{30}; }

    // Sent to the provider's page.
    Charge book_waiting() {
        const Charge charge = book();
        script(Operation::hold, FaultOutcome::needs_action);
        EXPECT_EQ(run(provider_tasks.hold_now(charge.booking)), Asked::waits);
        return charge;
    }
    PaymentView shown(const Charge& charge) { return run(service.find(db(), charge.booking)).value(); }
    void reopen(const Charge& charge) {
        run(db().transact<PaymentView>(
            [&](db::Transaction& tx) { return actions.intent(tx, as_passenger, charge.booking); }));
    }
};

TEST_F(WaitingPaymentsTest, ThePaymentSaysWhereToGoUntilWhenAndWhereBack) {
    const Charge charge = book();
    EXPECT_EQ(shown(charge).checkout_url, std::nullopt);
    script(Operation::hold, FaultOutcome::needs_action);
    run(service.hold_now(charge.booking));
    const PaymentView view = shown(charge);
    EXPECT_EQ(view.status, intent);
    EXPECT_EQ(view.checkout_url, "http://127.0.0.1:3000/dev/sandbox/checkouts/" + view.id.str());
    EXPECT_EQ(view.checkout_qr, view.checkout_url);
    EXPECT_EQ(view.checkout_expires_at, bookings.pay_until);
    EXPECT_EQ(view.return_url, std::string(web_url) + "/bookings/" + charge.booking.str());
    EXPECT_EQ(booking_status(charge), "awaiting_payment");
    EXPECT_TRUE(act(charge));
    run(service.hold_now(charge.booking));
    EXPECT_EQ(shown(charge).status, hold);
    EXPECT_EQ(shown(charge).checkout_url, std::nullopt);
    EXPECT_EQ(shown(charge).return_url, std::nullopt);
}

TEST_F(WaitingPaymentsTest, ComingBackConfirmsAtOnce) {
    const Charge charge = book_waiting();
    EXPECT_TRUE(act(charge));
    EXPECT_EQ(run(provider_tasks.hold_now(charge.booking)), Asked::held);
    EXPECT_EQ(booking_status(charge), "confirmed");
    work_off_all();
    expect_payment(charge, hold, 0, 0);
    expect_sound();
}

TEST_F(WaitingPaymentsTest, WhoeverPaysAndDoesNotComeBackIsFound) {
    const Charge charge = book_waiting();
    wait(seconds{5});
    EXPECT_EQ(work_off(), 0);
    ASSERT_EQ(queued(charge).size(), 1U);
    EXPECT_EQ(queued(charge)[0].available_at, clock.now() + seconds{30});
    EXPECT_TRUE(act(charge));
    wait(seconds{30});
    work_off();
    EXPECT_EQ(status(charge), hold);
    EXPECT_EQ(booking_status(charge), "confirmed");
    EXPECT_EQ(queued(charge).size(), 0U);
    expect_sound();
}

TEST_F(WaitingPaymentsTest, AskingAgainAndAgainIsOneAttempt) {
    const Charge charge = book_waiting();
    for (int times = 0; times < 3; ++times) EXPECT_EQ(run(provider_tasks.hold_now(charge.booking)), Asked::waits);
    EXPECT_EQ(queued(charge).size(), 1U) << "a request adds no look of its own";
    EXPECT_EQ(payment(charge).provider_reference, payment(charge).id.str());
    EXPECT_TRUE(act(charge));
    EXPECT_FALSE(act(charge));
}

TEST_F(WaitingPaymentsTest, WhoeverRefusesMayTryAgain) {
    const Charge charge = book_waiting();
    EXPECT_TRUE(act(charge, CustomerAct::refuse));
    wait(seconds{5});
    work_off();
    EXPECT_EQ(status(charge), failed);
    EXPECT_EQ(shown(charge).checkout_url, std::nullopt);
    reopen(charge);
    EXPECT_EQ(shown(charge).checkout_url, std::nullopt) << "the page of the attempt before";
    EXPECT_EQ(run(provider_tasks.hold_now(charge.booking)), Asked::held);
    EXPECT_EQ(payment(charge).reference_attempt, 2);
    work_off_all();
    expect_sound();
}

Task<void> begin_anew(db::Database& database, ProviderTasks& tasks, PaymentActions& actions, Caller passenger,
                      BookingId booking) {
    db::Transaction tx = co_await database.begin();
    co_await tasks.record_decline(tx, booking);
    EXPECT_TRUE((co_await actions.intent(tx, passenger, booking)).has_value());
    co_await tx.commit();
}

// Two confirmations at once: the answer to the first arrives when the passenger has begun anew.
TEST_F(WaitingPaymentsTest, ALateDeclineSaysNothingAboutTheNextAttempt) {
    const Charge charge = book_waiting();
    EXPECT_TRUE(act(charge, CustomerAct::refuse));
    provider.after_find = [&] { return begin_anew(db(), provider_tasks, actions, as_passenger, charge.booking); };
    EXPECT_EQ(run(provider_tasks.hold_now(charge.booking)), Asked::refused);
    EXPECT_EQ(status(charge), intent);
    EXPECT_EQ(payment(charge).attempt, 2);
}

TEST_F(WaitingPaymentsTest, WhoeverWaitsTooLongHasNotPaid) {
    const Charge charge = book_waiting();
    wait(minutes{30});
    work_off();
    EXPECT_EQ(status(charge), failed);
    EXPECT_FALSE(act(charge));
    work_off_all();
    expect_sound();
}

TEST_F(WaitingPaymentsTest, TheEndOfTheBookingEndsTheAttempt) {
    const Charge charge = book_waiting();
    end(charge, "cancelled");
    work_off_all();
    EXPECT_EQ(status(charge), cancelled);
    EXPECT_EQ(at_provider(charge)->status, ChargeStatus::expired);
    EXPECT_FALSE(act(charge));
    expect_sound();
}

TEST_F(WaitingPaymentsTest, MoneyPaidAfterTheEndGoesBack) {
    const Charge late = book_waiting(), too_late = book_waiting();
    end(late, "expired");
    end(too_late, "cancelled");
    EXPECT_TRUE(act(late));
    EXPECT_TRUE(act(too_late));
    work_off_all();
    EXPECT_EQ(payment(late).refunded, Dinars{1575});
    EXPECT_EQ(status(too_late), cancelled);
    for (const Charge& charge : {late, too_late}) EXPECT_EQ(at_provider(charge)->status, ChargeStatus::released);
    expect_sound();
}

TEST_F(WaitingPaymentsTest, NothingIsAskedForABookingThatIsOver) {
    const Charge charge = book();
    set_status(charge, "expired");
    EXPECT_EQ(run(provider_tasks.hold_now(charge.booking)), Asked::waits);
    EXPECT_FALSE(at_provider(charge).has_value());
    EXPECT_EQ(payment(charge).asked_attempt, 0);
}

// Opened, and the answer lost: the passenger was sent nowhere, and no second attempt is opened.
TEST_F(WaitingPaymentsTest, AnAttemptWhoseAnswerWasLostIsFoundAgain) {
    const Charge charge = book();
    script(Operation::open, FaultOutcome::lost_answer);
    EXPECT_THROW(run(provider_tasks.hold_now(charge.booking)), DependencyUnavailable);
    EXPECT_EQ(payment(charge).provider_reference, std::nullopt);
    EXPECT_EQ(payment(charge).asked_attempt, 1);
    EXPECT_EQ(at_provider(charge)->status, ChargeStatus::started);
    script(Operation::open, FaultOutcome::declined);  // would show
    EXPECT_EQ(run(provider_tasks.hold_now(charge.booking)), Asked::held);
    EXPECT_EQ(run(sandbox.faults()).size(), 1U);
    expect_sound();
}

// The mark, the reference and the money come in this order, wherever the process stops.
TEST_F(WaitingPaymentsTest, TheReferenceIsStoredBeforeMoneyIsAskedFor) {
    const Charge charge = book();
    script(Operation::hold, FaultOutcome::unavailable_before);
    EXPECT_THROW(run(provider_tasks.hold_now(charge.booking)), DependencyUnavailable);
    EXPECT_EQ(payment(charge).provider_reference, payment(charge).id.str());
    EXPECT_EQ(at_provider(charge)->status, ChargeStatus::started);
    end(charge, "cancelled");
    work_off_all();
    EXPECT_EQ(at_provider(charge)->status, ChargeStatus::expired);
    expect_sound();
}

}  // namespace
}  // namespace safargo::payments
