// Random life cycles of many payments, with a provider that refuses, goes down and loses answers, and a process that
// crashes: the books are proven after every step, and in the end the provider has exactly the money that the books say.
#include "core/failures.hpp"
#include "features/payments/payments_world_test.hpp"

#include <gtest/gtest.h>

#include <random>

namespace safargo::payments {
namespace {

using test::run;

class Lives {
public:
    explicit Lives(unsigned seed, bool forgets_keys = false) : random_(seed) {
        world_.provider.forgets_keys = forgets_keys;
    }

    void live(int steps) {
        for (int step = 0; step < steps; ++step) {
            if (charges_.size() < 6 || chance(10)) add_booking();
            if (chance(25)) add_fault();
            if (chance(10)) world_.crash.at(1 + below(4));
            try {
                take_step(charges_[static_cast<std::size_t>(below(static_cast<int>(charges_.size())))]);
            } catch (const test::Crash&) {
            } catch (const DependencyUnavailable&) {
            }
            ASSERT_EQ(world_.discrepancies(), std::vector<std::string>{}) << "after step " << step;
        }
        world_.crash.never();
        run(world_.sandbox.clear_faults());
        end_disputes();
        world_.work_off_all();
        world_.expect_sound();
    }

    int decided() const { return decided_; }
    int acted() const { return acted_; }

private:
    int below(int bound) { return std::uniform_int_distribution<int>(0, bound - 1)(random_); }
    bool chance(int percent) { return below(100) < percent; }

    void add_booking() {
        const Method method = chance(20) ? Method::cash : Method::sandbox;
        charges_.push_back(world_.book(method, below(3'000), chance(20) ? "requested" : "awaiting_payment"));
    }

    // Refused captures and refunds are resolved by people and tested elsewhere: here they would stay queued for ever.
    void add_fault() {
        using enum sandbox::FaultOutcome;
        const auto operation = static_cast<sandbox::Operation>(below(5));
        auto outcome = chance(50) ? unavailable_before : lost_answer;
        if (operation == sandbox::Operation::hold && chance(60)) outcome = chance(50) ? declined : needs_action;
        world_.script(operation, outcome);
    }

    Split random_split(const Charge& charge) {
        switch (below(4)) {
            case 0:
                return {charge.total(), {0}, {0}};
            case 1:
                return {charge.price, {0}, charge.service_fee};
            case 2: {
                const Dinars half = share_down(charge.price, 5'000);
                return {half, charge.price - half, charge.service_fee};
            }
            default:
                return {{0}, charge.price, charge.service_fee};
        }
    }

    void take_step(const Charge& charge) {
        const std::string status = world_.booking_status(charge);
        const bool paid = status == "confirmed" || (charge.method == Method::cash && status == "awaiting_payment");
        switch (below(9)) {
            case 7:
                for (const Charge& each : charges_) {
                    acted_ += world_.act(each, chance(70) ? sandbox::CustomerAct::pay : sandbox::CustomerAct::refuse);
                }
                break;
            case 8:
                if (status == "awaiting_payment" && charge.method != Method::cash) reopen(charge);
                break;
            case 0:
                if (status == "requested") world_.accept(charge);
                break;
            case 1:
                if (status == "awaiting_payment" && charge.method != Method::cash) world_.hold_now(charge);
                break;
            case 2:
                if (status == "awaiting_payment" || status == "requested")
                    run(world_.bookings.end(charge.booking, "expired", {}));
                break;
            case 3:
                if (paid) run(world_.bookings.end(charge.booking, "cancelled", random_split(charge)));
                break;
            case 4:
                if (paid) run(world_.bookings.complete(charge.booking, std::chrono::seconds{below(60)}));
                break;
            case 5:
                if (status == "completed") world_.set_status(charge, "disputed");
                if (status == "settled" && chance(50)) world_.set_status(charge, "disputed");
                if (status == "disputed") decide(charge);
                break;
            default:
                world_.clock.advance(std::chrono::seconds{below(20)});
                world_.work_off();
        }
        if (chance(20)) refund_something(charge);
    }

    // If it was declined; otherwise this changes nothing.
    void reopen(const Charge& charge) {
        run(world_.db().transact<PaymentView>([this, &charge](db::Transaction& tx) {
            return world_.actions.intent(tx, world_.as_passenger, charge.booking);
        }));
    }

    void refund_something(const Charge& charge) {
        const RefundPayment part{.amount = Bounded<1, 100'000'000>::from(1 + below(500)).value(),
                                 .reason = Text<300>::parse("random").value()};
        const RefundPayment all{.amount = std::nullopt, .reason = part.reason};
        const RefundPayment& wanted = chance(70) ? part : all;
        run(world_.db().transact<PaymentView>([this, &charge, &wanted](db::Transaction& tx) {
            return world_.actions.refund(tx, world_.as_admin, charge.booking, wanted);
        }));
    }

    // Refused where there is less: of cash, of what was refunded before.
    void decide(const Charge& charge) {
        const Dinars refund{chance(20) ? 0 : chance(25) ? charge.total().amount : below(3'000)};
        const auto decided = run(world_.bookings.decide(charge.booking, refund, world_.as_admin.id));
        if (decided) ++decided_;
    }

    void end_disputes() {
        for (const Charge& charge : charges_) {
            if (world_.booking_status(charge) == "disputed") {
                ASSERT_TRUE(run(world_.bookings.decide(charge.booking, {0}, world_.as_admin.id)));
                ++decided_;
            }
            if (world_.booking_status(charge) == "requested") world_.set_status(charge, "expired");
            world_.act(charge);  // or the provider would be asked for ever
        }
    }

    std::mt19937 random_;
    test::PaymentsWorld world_;
    std::vector<Charge> charges_;
    int decided_ = 0, acted_ = 0;
};

TEST(RandomLives, KeepTheBooksTrue) {
    int decided = 0, acted = 0;
    for (int seed = 1; seed <= 6 * test::scale(); ++seed) {
        SCOPED_TRACE(seed);
        Lives lives(static_cast<unsigned>(seed));
        lives.live(120);
        decided += lives.decided();
        acted += lives.acted();
        ASSERT_FALSE(::testing::Test::HasFailure());
    }
    EXPECT_GT(decided, 0) << "without a dispute the test proves nothing about them";
    EXPECT_GT(acted, 0) << "no customer was sent to the provider";
}

// Whatever is repeated is looked for first: no key has to protect it.
TEST(RandomLives, KeepTheBooksTrueWithAProviderThatForgetsKeys) {
    for (int seed = 101; seed <= 100 + 4 * test::scale(); ++seed) {
        SCOPED_TRACE(seed);
        Lives lives(static_cast<unsigned>(seed), true);
        lives.live(120);
        ASSERT_FALSE(::testing::Test::HasFailure());
    }
}

}  // namespace
}  // namespace safargo::payments
