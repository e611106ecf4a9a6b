// Seats given back repeatedly, and every end that may follow: the books are proven after each step, and passenger,
// driver and platform end up with exactly what was recorded.
#include "core/failures.hpp"
#include "features/payments/payments_world_test.hpp"
#include "features/payments/splits.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>

namespace safargo::payments {
namespace {

using enum PaymentStatus;
using ledger::Account;
using sandbox::FaultOutcome;
using sandbox::Operation;
using test::run;

class SeatsBackTest : public ::testing::Test, protected test::PaymentsWorld {
protected:
    // The booking keeps seats worth `price`; `back` says how the money of the others is divided.
    void give_back(Charge& charge, std::int64_t price, SeatsBack back) {
        charge.price = {price};
        charge.service_fee = service_fee(charge.method, charge.price);
        rows.database().execute(fmt::format("update played_bookings set price = {}, service_fee = {} where id = '{}'",
                                            price, charge.service_fee.amount, charge.booking.str()));
        in_transaction([&](db::Transaction& tx) { return service.give_back_seats(tx, charge, back); });
    }
    Charge late() {  // 3 seats of 1,500 DA were held, one was given back late: half of it is the driver's
        Charge charge = book_held(4500);
        give_back(charge, 3000, {{750}, {0}, {750}});
        return charge;
    }
    void expect_shares(std::int64_t to_driver, std::int64_t to_platform) {
        EXPECT_EQ(balance(Account::driver_payable, driver), Dinars{to_driver});
        EXPECT_EQ(balance(Account::platform_revenue), Dinars{to_platform});
        expect_sound();
    }
};

TEST_F(SeatsBackTest, TheAmountAndTheHoldStay) {
    const Charge charge = late();
    const PaymentView shown = view(payment(charge));
    EXPECT_EQ(shown.amount, Dinars{4725});
    EXPECT_EQ(shown.due_back, Dinars{750});
    EXPECT_EQ(shown.driver_share, Dinars{750});
    EXPECT_EQ(balance(Account::escrow), Dinars{4725});
    EXPECT_EQ(at_provider(charge)->amount, Dinars{4725});
    expect_sound();
}

TEST_F(SeatsBackTest, TheSingleCaptureExcludesWhatIsDueBack) {
    const Charge charge = late();
    run(bookings.complete(charge.booking, std::chrono::seconds{0}));
    script(Operation::capture, FaultOutcome::lost_answer);
    EXPECT_EQ(work_off(), 1);
    EXPECT_EQ(work_off(), 0);
    expect_payment(charge, captured, 3975, 750);
    EXPECT_EQ(view(payment(charge)).due_back, Dinars{0}) << "it is included in refunded now";
    EXPECT_EQ(at_provider(charge), (sandbox::Charge{sandbox::ChargeStatus::captured, {4725}, {3975}, {0}}));
    expect_shares(3750, 225);
}

TEST_F(SeatsBackTest, AnEndSplitsBothAtOnce) {
    const Charge early = late();
    run(bookings.end(early.booking, "cancelled", {{3000}, {0}, {150}}));
    expect_payment(early, refunded, 975, 3750);
    const Charge by_driver = late();
    run(bookings.end(by_driver.booking, "cancelled", {{3150}, {0}, {0}}));
    expect_payment(by_driver, refunded, 825, 3900);
    work_off_all();
    expect_shares(1500, 300);
}

TEST_F(SeatsBackTest, ACaptureUnderWayIsFinishedAndTheRestFollows) {
    const Charge charge = late();
    run(bookings.complete(charge.booking, std::chrono::seconds{0}));
    script(Operation::capture, FaultOutcome::lost_answer);
    work_off();
    ASSERT_TRUE(payment(charge).capturing);
    run(bookings.end(charge.booking, "cancelled", {{3150}, {0}, {0}}));
    work_off_all();
    EXPECT_EQ(at_provider(charge), (sandbox::Charge{sandbox::ChargeStatus::refunded, {4725}, {3975}, {3150}}));
    expect_shares(750, 75);
}

TEST_F(SeatsBackTest, TheDriversShareGoesBackWithTheRestWhenTheRideDidNotTakePlace) {
    const Charge charge = late();
    in_transaction([&](db::Transaction& tx) { return service.give_all_back(tx, charge.booking, clock.now()); });
    expect_payment(charge, refunded, 0, 4725);
    work_off_all();
    EXPECT_EQ(at_provider(charge)->status, sandbox::ChargeStatus::released);
    expect_shares(0, 0);
}

TEST_F(SeatsBackTest, ADisputeMayTakeFromTheDriversShareToo) {
    const Charge most = late(), all = late();
    ASSERT_TRUE(run(bookings.decide(most.booking, {3500}, as_admin.id)));
    expect_payment(most, refunded, 475, 4250);
    EXPECT_FALSE(run(bookings.decide(all.booking, {3976}, as_admin.id)));
    ASSERT_TRUE(run(bookings.decide(all.booking, {3975}, as_admin.id)));
    expect_payment(all, refunded, 0, 4725);
    work_off_all();
    expect_shares(448, 27);
}

TEST_F(SeatsBackTest, InCashTheRemainingPriceChangesHands) {
    Charge charge = book(Method::cash, 4500);
    give_back(charge, 1500, {{3000}, {0}, {0}});
    run(bookings.complete(charge.booking, std::chrono::seconds{0}));
    expect_payment(charge, captured, 1500, 0);
    EXPECT_EQ(balance(Account::cash), Dinars{1500});
    expect_sound();
}

TEST_F(SeatsBackTest, CapturedMoneyCanStillBeRefundedAndNoMore) {
    const Charge charge = late();
    run(bookings.complete(charge.booking, std::chrono::seconds{0}));
    work_off_all();
    const auto refund = [&](std::optional<std::int64_t> amount) {
        RefundPayment wanted{.amount = std::nullopt, .reason = Text<300>::parse("un litige").value()};
        if (amount) wanted.amount = Bounded<1, 100'000'000>::from(*amount).value();
        return run(db().transact<PaymentView>(
            [&](db::Transaction& tx) { return actions.refund(tx, as_admin, charge.booking, wanted); }));
    };
    EXPECT_EQ(refund(3976).error().fields.at(0), (FieldError{"amount", {Rule::out_of_range, "1", "3975"}}));
    EXPECT_EQ(refund({})->refunded, Dinars{4725});
    work_off_all();
    expect_shares(0, 0);
}

TEST_F(SeatsBackTest, PartsThatDoNotSumAreABug) {
    Charge charge = book_held(4500);
    EXPECT_THROW(give_back(charge, 3000, {{700}, {0}, {750}}), std::logic_error);
    Charge other = book_held(4500);
    EXPECT_THROW(give_back(other, 3000, {{1500}, {76}, {0}}), std::logic_error);
    expect_sound();
}

// What each party should have from one payment in the end.
struct Expected {
    std::int64_t to_driver = 0, to_platform = 0;
    std::int64_t total() const { return to_driver + to_platform; }
};

class SeatsBackLives : public SeatsBackTest {
protected:
    std::int64_t up_to(std::int64_t most) { return std::uniform_int_distribution<std::int64_t>(0, most)(random_); }

    // Gives seats back until one is left or chance stops it; returns what the passenger does not get back.
    Expected give_back_some(Charge& charge, std::int64_t seat, std::int64_t seats) {
        Expected kept;
        while (seats > 1 && up_to(3) > 0) {
            const std::int64_t fewer = 1 + up_to(seats - 2), part = seat * (seats - fewer);
            const Dinars fee = charge.service_fee - service_fee(charge.method, {seat * fewer});
            const std::int64_t back = charge.method == Method::cash ? part : up_to(part);
            const std::int64_t fee_back = up_to(1) * fee.amount;
            give_back(charge, seat * fewer, {{back}, {fee_back}, {part - back}});
            EXPECT_EQ(discrepancies(), std::vector<std::string>{});
            kept.to_driver += part - back;
            kept.to_platform += fee.amount - fee_back;
            seats = fewer;
        }
        return kept;
    }

    // As an admin decides a dispute, or as a ride that did not take place is undone: before, during or after the
    // capture.
    Expected undo_somehow(const Charge& charge, const Expected& whole) {
        if (up_to(1)) {
            run(bookings.complete(charge.booking, std::chrono::seconds{0}));
            if (up_to(1)) work_off();
        }
        if (up_to(2) == 0) {
            if (booking_status(charge) == "completed") set_status(charge, "cancelled");
            in_transaction([&](db::Transaction& tx) { return service.give_all_back(tx, charge.booking, clock.now()); });
            return {};
        }
        const Dinars refund{up_to(2) == 0 ? whole.total() : up_to(whole.total())};
        EXPECT_TRUE(run(bookings.decide(charge.booking, refund, as_admin.id)));
        const ledger::Parts taken =
            take_back({.to_driver = {whole.to_driver}, .to_platform = {whole.to_platform}, .to_passenger = {}}, refund);
        return {whole.to_driver - taken.to_driver.amount, whole.to_platform - taken.to_platform.amount};
    }

    // Ends the booking in one of the possible ways; `before` is already kept. Returns what the passenger does not get
    // back.
    Expected end_somehow(const Charge& charge, const Expected& before) {
        const Expected of_ride{before.to_driver + charge.price.amount, before.to_platform + charge.service_fee.amount};
        if (up_to(2) == 0) {
            script_capture();
            return undo_somehow(charge, of_ride);
        }
        const Expected end = end_without_dispute(charge);
        return {before.to_driver + end.to_driver, before.to_platform + end.to_platform};
    }

    void script_capture() {
        if (up_to(3) == 0)
            script(Operation::capture, up_to(1) ? FaultOutcome::lost_answer : FaultOutcome::unavailable_before);
    }

    // The part of its charge that the passenger does not get back.
    Expected end_without_dispute(const Charge& charge) {
        const std::int64_t price = charge.price.amount, fee = charge.service_fee.amount;
        script_capture();
        switch (up_to(4)) {
            case 0:
                run(bookings.end(charge.booking, "cancelled", {{price + fee}, {0}, {0}}));
                return {};
            case 1:
                run(bookings.end(charge.booking, "cancelled", {{price / 2}, {price - price / 2}, {fee}}));
                return {price - price / 2, fee};
            case 2: {  // cancelled as a whole while the capture is under way
                run(bookings.complete(charge.booking, std::chrono::seconds{0}));
                work_off();
                if (payment(charge).status != hold) return {price, fee};
                run(bookings.end(charge.booking, "cancelled", {{price + fee}, {0}, {0}}));
                return {};
            }
            default:
                run(bookings.complete(charge.booking, std::chrono::seconds{up_to(60)}));
                return {price, fee};
        }
    }

    std::mt19937_64 random_{41};
};

TEST_F(SeatsBackLives, SumToTheWholeWhateverHappens) {
    Expected all;
    for (int life = 0; life < 60 * test::scale(); ++life) {
        SCOPED_TRACE(life);
        const std::int64_t seat = up_to(2'000), seats = 1 + up_to(7);
        Charge charge = book_held(seat * seats);
        const Expected kept = end_somehow(charge, give_back_some(charge, seat, seats));
        all.to_driver += kept.to_driver;
        all.to_platform += kept.to_platform;
        ASSERT_EQ(discrepancies(), std::vector<std::string>{});
        run(sandbox.clear_faults());
        work_off_all();
        const Payment after = payment(charge);
        EXPECT_EQ(after.amount - after.refunded, Dinars{kept.total()});
        ASSERT_FALSE(HasFailure());
    }
    expect_shares(all.to_driver, all.to_platform);
}

TEST_F(SeatsBackLives, InCashNothingIsLost) {
    std::int64_t given = 0;
    for (int life = 0; life < 20; ++life) {
        const std::int64_t seat = up_to(2'000), seats = 1 + up_to(7);
        Charge charge = book(Method::cash, seat * seats);
        give_back_some(charge, seat, seats);
        if (up_to(2) == 0) {
            run(bookings.end(charge.booking, "cancelled", {charge.total(), {0}, {0}}));
        } else {
            run(bookings.complete(charge.booking, std::chrono::seconds{0}));
            given += charge.price.amount;
        }
    }
    work_off_all();
    EXPECT_EQ(balance(Account::cash), Dinars{given});
    expect_sound();
}

}  // namespace
}  // namespace safargo::payments
