#include "features/payments/payment_actions.hpp"
#include "core/local_time.hpp"

#include "features/payments/payments_world_test.hpp"

#include <gtest/gtest.h>

namespace safargo::payments {
namespace {

using enum PaymentStatus;
using ledger::Account;
using sandbox::ChargeStatus;
using sandbox::FaultOutcome;
using sandbox::Operation;
using test::run;

class PaymentActionsTest : public ::testing::Test, protected test::PaymentsWorld {
protected:
    using Answer = Result<PaymentView>;

    Answer intent(const Caller& caller, const Charge& charge) {
        return transact([&](db::Transaction& tx) { return actions.intent(tx, caller, charge.booking); });
    }
    Answer confirm(const Caller& caller, const Charge& charge) {
        const Answer checked =
            transact([&](db::Transaction& tx) { return actions.confirm(tx, caller, charge.booking); });
        return checked ? run(actions.try_hold(*checked)) : checked;
    }
    Answer capture(const Caller& caller, const Charge& charge) {
        const Answer checked =
            transact([&](db::Transaction& tx) { return actions.capture(tx, caller, charge.booking); });
        return checked ? run(actions.capture_now(*checked)) : checked;
    }
    Answer refund(const Caller& caller, const Charge& charge, std::optional<std::int64_t> amount = std::nullopt) {
        RefundPayment wanted{.amount = std::nullopt,
                             .reason = Text<300>::parse("le chauffeur était en retard").value()};
        if (amount) wanted.amount = Bounded<1, 100'000'000>::from(*amount).value();
        return transact([&](db::Transaction& tx) { return actions.refund(tx, caller, charge.booking, wanted); });
    }
    static Code code(const Answer& answer) { return answer.error().code; }

    const Caller stranger{rows.add_user(), {}, Role::user}, the_driver{driver, {}, Role::driver},
        moderator{rows.add_user(), {}, Role::moderator};
    const Charge nowhere{BookingId::make(test::start), passenger, driver, Method::sandbox, {1}, {0}};

private:
    Answer transact(std::function<Task<Answer>(db::Transaction&)> work) {
        return run(db().transact<PaymentView>(std::move(work)));
    }
};

TEST_F(PaymentActionsTest, OnlyThePassengerSeesAndConfirms) {
    const Charge charge = book();
    EXPECT_EQ(intent(as_passenger, charge)->status, PaymentStatus::intent);
    for (const Caller& other : {stranger, the_driver, moderator, as_admin}) {
        EXPECT_EQ(code(intent(other, charge)), Code::not_found);
        EXPECT_EQ(code(confirm(other, charge)), Code::not_found);
    }
    EXPECT_EQ(code(intent(as_passenger, nowhere)), Code::not_found);
    EXPECT_EQ(code(confirm(as_passenger, nowhere)), Code::not_found);
    EXPECT_FALSE(at_provider(charge).has_value());
}

TEST_F(PaymentActionsTest, ConfirmHoldsNow) {
    const Charge charge = book();
    const Answer confirmed = confirm(as_passenger, charge);
    EXPECT_EQ(confirmed->status, hold);
    EXPECT_EQ(confirmed->amount, Dinars{1575});
    EXPECT_EQ(booking_status(charge), "confirmed");
    EXPECT_EQ(confirm(as_passenger, charge)->status, hold);
    EXPECT_EQ(intent(as_passenger, charge)->status, hold);
    expect_sound();
}

TEST_F(PaymentActionsTest, ConfirmRefusesWhatCannotBePaidOnline) {
    EXPECT_EQ(code(confirm(as_passenger, book(Method::cash))), Code::illegal_transition);
    EXPECT_EQ(code(confirm(as_passenger, book(Method::sandbox, 1500, "requested"))), Code::illegal_transition);
    EXPECT_EQ(code(confirm(as_passenger, book(Method::sandbox, 1500, "expired"))), Code::illegal_transition);
    const Charge cancelled = book();
    run(bookings.end(cancelled.booking, "cancelled", {}));
    EXPECT_EQ(code(confirm(as_passenger, cancelled)), Code::illegal_transition);
}

TEST_F(PaymentActionsTest, ADeclinedPaymentIsReopened) {
    const Charge charge = book();
    script(Operation::hold, FaultOutcome::declined, 2);
    EXPECT_EQ(confirm(as_passenger, charge)->status, failed);
    EXPECT_EQ(code(confirm(as_passenger, charge)), Code::illegal_transition);
    EXPECT_EQ(intent(as_passenger, charge)->status, PaymentStatus::intent);
    EXPECT_EQ(intent(as_passenger, charge)->status, PaymentStatus::intent);
    EXPECT_EQ(payment(charge).attempt, 2);
    EXPECT_EQ(confirm(as_passenger, charge)->status, failed);
    intent(as_passenger, charge);
    EXPECT_EQ(confirm(as_passenger, charge)->status, hold);
    work_off_all();
    expect_sound();
}

TEST_F(PaymentActionsTest, AReopenedPaymentHasItsSafetyNet) {
    const Charge charge = book();
    script(Operation::hold, FaultOutcome::declined);
    confirm(as_passenger, charge);
    intent(as_passenger, charge);
    work_off_all();
    EXPECT_EQ(payment(charge).status, hold);
    EXPECT_EQ(booking_status(charge), "confirmed");
}

TEST_F(PaymentActionsTest, ADeclinedPaymentOfAnEndedBookingStaysFailed) {
    const Charge charge = book();
    script(Operation::hold, FaultOutcome::declined);
    confirm(as_passenger, charge);
    set_status(charge, "expired");
    EXPECT_EQ(intent(as_passenger, charge)->status, failed);
}

TEST_F(PaymentActionsTest, MoneyIsMovedByAdminsOnly) {
    const Charge charge = book_captured(), due = book_completed();
    for (const Caller& other : {as_passenger, stranger, the_driver, moderator}) {
        EXPECT_EQ(code(capture(other, due)), Code::forbidden);
        EXPECT_EQ(code(refund(other, charge)), Code::forbidden);
    }
    EXPECT_EQ(code(capture(as_admin, nowhere)), Code::not_found);
    EXPECT_EQ(code(refund(as_admin, nowhere)), Code::not_found);
}

TEST_F(PaymentActionsTest, AnAdminCapturesBeforeTheDelayIsOver) {
    const Charge charge = book_held();
    EXPECT_EQ(code(capture(as_admin, charge)), Code::illegal_transition);
    run(bookings.complete(charge.booking, std::chrono::hours{24}));
    const Answer answer = capture(as_admin, charge);
    EXPECT_EQ(answer->status, PaymentStatus::captured);
    EXPECT_EQ(answer->captured, Dinars{1575});
    EXPECT_EQ(booking_status(charge), "settled");
    EXPECT_EQ(capture(as_admin, charge)->status, PaymentStatus::captured);
    work_off_all();
    expect_sound();
}

TEST_F(PaymentActionsTest, FrozenUnpaidAndCashPaymentsAreNotCaptured) {
    const Charge disputed = book_completed();
    set_status(disputed, "disputed");
    EXPECT_EQ(code(capture(as_admin, disputed)), Code::dispute_open);
    EXPECT_EQ(code(capture(as_admin, book())), Code::illegal_transition);
    const Charge cash = book(Method::cash);
    run(bookings.complete(cash.booking, std::chrono::seconds{0}));
    EXPECT_EQ(code(capture(as_admin, cash)), Code::illegal_transition);
}

TEST_F(PaymentActionsTest, DisputedMoneyStaysWhereItIs) {
    const Charge held = book_completed(), taken = book_captured(), cash = book(Method::cash);
    for (const Charge& charge : {held, taken, cash}) {
        set_status(charge, "disputed");
        EXPECT_EQ(code(capture(as_admin, charge)), Code::dispute_open);
        EXPECT_EQ(code(refund(as_admin, charge)), Code::dispute_open);
    }
    work_off();
    EXPECT_EQ(payment(held).status, hold);
    expect_payment(taken, captured, 1575, 0);
    expect_sound();
}

TEST_F(PaymentActionsTest, MoneyOfANoShowWaitsWhileItMayBeContested) {
    const Charge charge = book_held();
    set_status(charge, "no_show_passenger");
    bookings.contest_until = clock.now() + std::chrono::hours{24};
    for (const Answer& early : {capture(as_admin, charge), refund(as_admin, charge)}) {
        ASSERT_EQ(code(early), Code::too_early);
        EXPECT_EQ(early.error().reason, (Violation{Rule::opens_at, local_minute(*bookings.contest_until)}));
    }
    bookings.contest_until.reset();
    EXPECT_EQ(capture(as_admin, charge)->status, captured);
}

TEST_F(PaymentActionsTest, RefundsAllThatIsLeft) {
    const Charge charge = book_captured();
    const Answer answer = refund(as_admin, charge);
    EXPECT_EQ(answer->status, refunded);
    EXPECT_EQ(answer->captured, Dinars{1575});
    EXPECT_EQ(answer->refunded, Dinars{1575});
    EXPECT_EQ(balance(Account::driver_payable, driver), Dinars{0});
    EXPECT_EQ(balance(Account::platform_revenue), Dinars{0});
    EXPECT_EQ(at_provider(charge)->refunded, Dinars{0});  // after the commit, by the outbox
    work_off();
    EXPECT_EQ(at_provider(charge)->refunded, Dinars{1575});
    EXPECT_EQ(code(refund(as_admin, charge)), Code::illegal_transition);
    expect_sound();
}

TEST_F(PaymentActionsTest, RefundsPartsInProportionUntilNothingIsLeft) {
    const Charge charge = book_captured();
    EXPECT_EQ(refund(as_admin, charge, 420)->refunded, Dinars{420});
    EXPECT_EQ(balance(Account::driver_payable, driver), Dinars{1100});
    EXPECT_EQ(balance(Account::platform_revenue), Dinars{55});
    EXPECT_EQ(refund(as_admin, charge, 1)->refunded, Dinars{421});
    const Answer too_much = refund(as_admin, charge, 1155);
    EXPECT_EQ(too_much.error().code, Code::validation_failed);
    ASSERT_EQ(too_much.error().fields.size(), 1U);
    EXPECT_EQ(too_much.error().fields[0], (FieldError{"amount", {Rule::out_of_range, "1", "1154"}}));
    EXPECT_EQ(refund(as_admin, charge, 1154)->refunded, Dinars{1575});
    work_off();
    EXPECT_EQ(at_provider(charge), (sandbox::Charge{ChargeStatus::refunded, {1575}, {1575}, {1575}}));
    expect_sound();
}

TEST_F(PaymentActionsTest, RefundsWhatALateCancellationLeft) {
    const Charge charge = book_held();
    run(bookings.end(charge.booking, "cancelled", {{750}, {750}, {75}}));
    const Answer answer = refund(as_admin, charge);
    EXPECT_EQ(answer->captured, Dinars{825});
    EXPECT_EQ(answer->refunded, Dinars{1575});
    EXPECT_EQ(work_off(), 0);  // the capture first, then the refund
    EXPECT_EQ(at_provider(charge), (sandbox::Charge{ChargeStatus::refunded, {1575}, {825}, {825}}));
    expect_sound();
}

TEST_F(PaymentActionsTest, RefundsOnlyWhatWeHave) {
    EXPECT_EQ(code(refund(as_admin, book())), Code::illegal_transition);
    EXPECT_EQ(code(refund(as_admin, book_held())), Code::illegal_transition);
    const Charge released = book_held(), cash = book(Method::cash);
    run(bookings.end(released.booking, "cancelled", {{1575}, {0}, {0}}));
    EXPECT_EQ(code(refund(as_admin, released)), Code::illegal_transition);
    run(bookings.complete(cash.booking, std::chrono::seconds{0}));
    EXPECT_EQ(code(refund(as_admin, cash)), Code::illegal_transition);
    work_off_all();
    expect_sound();
}

Task<std::int64_t> count_refunds(db::Database& database) {
    static constexpr db::Statement count{"test_refunds", R"(
        select count(*) from payment_refunds where amount = 420 and reason = 'le chauffeur était en retard')"};
    const db::Rows rows = co_await database.query(count);
    co_return rows[0].get<std::int64_t>(0);
}

TEST_F(PaymentActionsTest, ARefundKeepsItsReason) {
    refund(as_admin, book_captured(), 420);
    EXPECT_EQ(run(count_refunds(db())), 1);
}

}  // namespace
}  // namespace safargo::payments
