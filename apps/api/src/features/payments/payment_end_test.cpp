// Bookings that end without a ride: how the money is split, in the books and at the provider.
#include "features/payments/payments_world_test.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/experimental/awaitable_operators.hpp>

namespace safargo::payments {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using enum PaymentStatus;
using ledger::Account;
using sandbox::ChargeStatus;
using test::run;

class PaymentEndTest : public ::testing::Test, protected test::PaymentsWorld {};

TEST_F(PaymentEndTest, AnIntentThatEndsIsCancelledAndCheckedOnceMore) {
    const Charge charge = book();
    end(charge, {});
    expect_payment(charge, cancelled, 0, 0);
    EXPECT_THAT(queued_kinds(charge), ElementsAre("payment.hold", "payment.hold"));
    EXPECT_EQ(queued(charge).back().available_at, test::start + std::chrono::seconds{30});
    EXPECT_EQ(run(provider_tasks.authorize(charge.booking)), Asked::refused);
}

TEST_F(PaymentEndTest, CashThatEndsIsCancelledQuietly) {
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

class EndingTest : public PaymentEndTest, public ::testing::WithParamInterface<Ending> {};

TEST_P(EndingTest, SplitsHeldMoneyOnce) {
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

TEST_F(PaymentEndTest, AFreeSeatThatIsCalledOffIsNotCaptured) {
    const Charge charge = book_held(0);
    end(charge, {});
    expect_payment(charge, refunded, 0, 0);
    work_off_all();
    expect_payment(charge, refunded, 0, 0);
    EXPECT_FALSE(at_provider(charge).has_value());
    expect_sound();
}

TEST_F(PaymentEndTest, ASplitMustSumToThePayment) {
    const Charge charge = book_held();
    EXPECT_THROW(end(charge, {{750}, {750}, {74}}), std::logic_error);
    EXPECT_THROW(end(charge, {{1576}, {-1}, {0}}), std::logic_error);
    expect_payment(charge, hold, 0, 0);
    expect_sound();
}

Task<void> hold_alone(db::Database& database, ProviderTasks& provider_tasks, BookingId booking) {
    db::Transaction tx = co_await database.begin();
    co_await provider_tasks.record_hold(tx, booking);
    co_await tx.commit();
}

Task<void> end_alone(db::Database& database, PaymentService& service, Charge charge, Instant now) {
    db::Transaction tx = co_await database.begin();
    co_await service.end(tx, charge, {charge.total(), {0}, {0}}, now);
    co_await tx.commit();
}

Task<void> hold_and_end_at_once(db::Database& database, ProviderTasks& provider_tasks, PaymentService& service,
                                Charge charge, Instant now) {
    using namespace boost::asio::experimental::awaitable_operators;
    co_await (hold_alone(database, provider_tasks, charge.booking) && end_alone(database, service, charge, now));
}

TEST_F(PaymentEndTest, AHoldAndAnEndAtOnceAreSerialised) {
    for (int round = 0; round < 20 * test::scale(); ++round) {
        const Charge charge = book();
        run(hold_and_end_at_once(db(), provider_tasks, service, charge, clock.now()));
        ASSERT_EQ(discrepancies(), std::vector<std::string>{});
    }
}

TEST_F(PaymentEndTest, DelayedTasksNeverBlockDueOnes) {
    const Charge charge = book_held();
    const Instant when = test::start + std::chrono::hours{24};
    in_transaction([&](db::Transaction& tx) { return service.capture_later(tx, charge.booking, clock.now(), when); });
    end(charge, {{1575}, {0}, {0}});
    EXPECT_EQ(work_off(), 0);
    EXPECT_EQ(at_provider(charge)->status, ChargeStatus::released);
    work_off_all();
    expect_payment(charge, refunded, 0, 1575);
    expect_sound();
}

// A booking that was completed although its ride did not take place.
class UndoneTest : public PaymentEndTest {
protected:
    void give_all_back(const Charge& charge) {
        in_transaction([&](db::Transaction& tx) { return service.give_all_back(tx, charge.booking, clock.now()); });
    }
    void expect_nobody_has_anything(const Charge& charge, ChargeStatus at) {
        EXPECT_EQ(balance(Account::escrow), Dinars{0});
        EXPECT_EQ(balance(Account::driver_payable, driver), Dinars{0});
        EXPECT_EQ(balance(Account::platform_revenue), Dinars{0});
        work_off_all();
        EXPECT_EQ(at_provider(charge)->status, at);
        expect_sound();
    }
};

TEST_F(UndoneTest, GivesHeldMoneyBack) {
    const Charge charge = book_completed();
    for (int time = 0; time < 2; ++time) give_all_back(charge);
    expect_payment(charge, refunded, 0, 1575);
    expect_nobody_has_anything(charge, ChargeStatus::released);
}

TEST_F(UndoneTest, GivesCapturedMoneyBackOnce) {
    const Charge charge = book_captured();
    for (int time = 0; time < 2; ++time) give_all_back(charge);
    expect_payment(charge, refunded, 1575, 1575);
    expect_nobody_has_anything(charge, ChargeStatus::refunded);
}

TEST_F(UndoneTest, RefundsTheRestAfterAPartialRefund) {
    const Charge charge = book_captured();
    const RefundPayment part{.amount = Bounded<1, 100'000'000>::from(500).value(),
                             .reason = Text<300>::parse("a test").value()};
    ASSERT_TRUE(run(db().transact<PaymentView>(
        [&](db::Transaction& tx) { return actions.refund(tx, as_admin, charge.booking, part); })));
    give_all_back(charge);
    expect_payment(charge, refunded, 1575, 1575);
    expect_nobody_has_anything(charge, ChargeStatus::refunded);
}

TEST_F(UndoneTest, LeavesCashWhereItIs) {
    const Charge charge = book(Method::cash);
    record_cash(charge);
    give_all_back(charge);
    expect_payment(charge, captured, 1500, 0);
    const Charge unrecorded = book(Method::cash);
    give_all_back(unrecorded);
    expect_payment(unrecorded, cancelled, 0, 0);
}

}  // namespace
}  // namespace safargo::payments
