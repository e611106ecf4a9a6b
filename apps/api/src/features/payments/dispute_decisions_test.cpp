// What an admin decides about disputed money, in every state of the payment: in the books, at the provider, once.
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

class DisputeDecisionsTest : public ::testing::Test, protected test::PaymentsWorld {
protected:
    Charge frozen(const Charge& charge) {
        set_status(charge, "disputed");
        return charge;
    }
    Result<Nothing> decide(const Charge& charge, std::int64_t refund) {
        return run(bookings.decide(charge.booking, {refund}, as_admin.id));
    }
    void expect_refused(const Charge& charge, std::int64_t refund, const std::string& most) {
        const auto refused = decide(charge, refund);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, Code::validation_failed);
        ASSERT_EQ(refused.error().fields.size(), 1U);
        EXPECT_EQ(refused.error().fields[0], (FieldError{"refund", {Rule::out_of_range, "0", most}}));
        EXPECT_EQ(booking_status(charge), "disputed");
    }
    Task<void> refund_before(db::Transaction& tx, const Charge& charge, const RefundPayment& part) {
        EXPECT_TRUE(co_await actions.refund(tx, as_admin, charge.booking, part));
    }
    void expect_shares(std::int64_t driver_has, std::int64_t platform_has) {
        EXPECT_EQ(balance(Account::driver_payable, driver), Dinars{driver_has});
        EXPECT_EQ(balance(Account::platform_revenue), Dinars{platform_has});
        EXPECT_EQ(balance(Account::escrow), Dinars{0});
        expect_sound();
    }
};

TEST_F(DisputeDecisionsTest, HeldMoneyIsSplitByOneCapture) {
    const Charge charge = frozen(book_completed());
    EXPECT_EQ(work_off(), 0);
    EXPECT_EQ(payment(charge).status, hold) << "frozen when the capture task of the ride runs";
    ASSERT_TRUE(decide(charge, 420));
    work_off_all();
    expect_payment(charge, refunded, 1155, 420);
    EXPECT_EQ(at_provider(charge), (sandbox::Charge{ChargeStatus::captured, {1575}, {1155}, {0}}));
    expect_shares(1100, 55);
}

TEST_F(DisputeDecisionsTest, HeldMoneyWithoutARefundIsCaptured) {
    const Charge charge = frozen(book_completed());
    ASSERT_TRUE(decide(charge, 0));
    work_off_all();
    expect_payment(charge, captured, 1575, 0);
    EXPECT_EQ(at_provider(charge), (sandbox::Charge{ChargeStatus::captured, {1575}, {1575}, {0}}));
    expect_shares(1500, 75);
}

TEST_F(DisputeDecisionsTest, HeldMoneyRefundedInFullIsReleased) {
    const Charge charge = frozen(book_completed());
    ASSERT_TRUE(decide(charge, 1575));
    work_off_all();
    expect_payment(charge, refunded, 0, 1575);
    EXPECT_EQ(at_provider(charge)->status, ChargeStatus::released);
    expect_shares(0, 0);
}

TEST_F(DisputeDecisionsTest, CapturedMoneyIsRefunded) {
    const Charge charge = frozen(book_captured());
    ASSERT_TRUE(decide(charge, 420));
    work_off_all();
    expect_payment(charge, refunded, 1575, 420);
    EXPECT_EQ(at_provider(charge), (sandbox::Charge{ChargeStatus::refunded, {1575}, {1575}, {420}}));
    expect_shares(1100, 55);
}

TEST_F(DisputeDecisionsTest, CapturedMoneyWithoutARefundStays) {
    const Charge charge = frozen(book_captured());
    ASSERT_TRUE(decide(charge, 0));
    work_off_all();
    expect_payment(charge, captured, 1575, 0);
    expect_shares(1500, 75);
}

TEST_F(DisputeDecisionsTest, ACaptureUnderWayIsFinishedAndTheRefundFollows) {
    for (const std::int64_t refund : {0, 420, 1575}) {
        test::PaymentsWorld world;
        const Charge charge = world.book_completed();
        world.script(Operation::capture, FaultOutcome::lost_answer);
        EXPECT_EQ(world.work_off(), 1);
        world.set_status(charge, "disputed");
        ASSERT_TRUE(run(world.bookings.decide(charge.booking, {refund}, world.as_admin.id)));
        world.work_off_all();
        world.expect_payment(charge, refund == 0 ? captured : refunded, 1575, refund);
        EXPECT_EQ(world.at_provider(charge)->refunded, Dinars{refund});
        world.expect_sound();
    }
}

TEST_F(DisputeDecisionsTest, RefundsAtMostWhatThereIs) {
    const Charge held = frozen(book_completed()), captured_one = frozen(book_captured());
    expect_refused(held, 1576, "1575");
    expect_refused(captured_one, 1576, "1575");
    set_status(captured_one, "settled");
    const RefundPayment part{.amount = Bounded<1, 100'000'000>::from(1000).value(),
                             .reason = Text<300>::parse("earlier").value()};
    in_transaction([&](db::Transaction& tx) { return refund_before(tx, captured_one, part); });
    expect_refused(frozen(captured_one), 576, "575");
    ASSERT_TRUE(decide(captured_one, 575));
    expect_payment(captured_one, refunded, 1575, 1575);
    ASSERT_TRUE(decide(held, 1575));
    work_off_all();
    expect_sound();
}

TEST_F(DisputeDecisionsTest, CashCannotBeRefunded) {
    const Charge cash = book(Method::cash);
    run(bookings.complete(cash.booking, std::chrono::seconds{0}));
    frozen(cash);
    expect_refused(cash, 1, "0");
    ASSERT_TRUE(decide(cash, 0));
    expect_payment(cash, captured, 1500, 0);
    EXPECT_EQ(booking_status(cash), "settled");
    expect_sound();
}

TEST_F(DisputeDecisionsTest, MoneyThatNeverArrivedCannotBeRefunded) {
    const Charge charge = book_completed();
    script(Operation::capture, FaultOutcome::declined);
    work_off();
    EXPECT_EQ(payment(charge).status, failed);
    frozen(charge);
    expect_refused(charge, 1, "0");
    ASSERT_TRUE(decide(charge, 0));
    expect_payment(charge, failed, 0, 0);
    EXPECT_EQ(discrepancies(), std::vector<std::string>{});
}

TEST_F(DisputeDecisionsTest, AFreeSeatCanBeDecidedToo) {
    const Charge charge = frozen(book_completed(0));
    expect_refused(charge, 1, "0");
    ASSERT_TRUE(decide(charge, 0));
    work_off_all();
    expect_sound();
}

TEST_F(DisputeDecisionsTest, EveryRefundLeavesTheSameSharesBeforeAndAfterTheCapture) {
    for (const std::int64_t refund : {1, 2, 37, 788, 1574}) {
        test::PaymentsWorld held, captured_world;
        const Charge before = held.book_completed(), after = captured_world.book_captured();
        ASSERT_TRUE(run(held.bookings.decide(before.booking, {refund}, held.as_admin.id)));
        ASSERT_TRUE(run(captured_world.bookings.decide(after.booking, {refund}, captured_world.as_admin.id)));
        EXPECT_EQ(held.balance(Account::driver_payable), captured_world.balance(Account::driver_payable)) << refund;
        EXPECT_EQ(held.balance(Account::platform_revenue), captured_world.balance(Account::platform_revenue));
    }
}

}  // namespace
}  // namespace safargo::payments
