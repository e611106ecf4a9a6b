// The process crashes between any two steps, and the rows left in the outbox bring every payment to the same end.
#include "features/payments/payments_world_test.hpp"

#include <gtest/gtest.h>

#include <random>

namespace safargo::payments {
namespace {

using enum PaymentStatus;
using sandbox::ChargeStatus;
using test::run;
using World = test::PaymentsWorld;

struct Story {
    std::string name;
    std::function<Charge(World&)> begin;             // before anything can crash
    std::function<void(World&, const Charge&)> act;  // what crashes
    PaymentStatus status;
    std::int64_t captured, refunded;
    std::string booking;
    sandbox::Charge at_provider;
};

class CrashTest : public ::testing::TestWithParam<Story> {};

// False when the story was over before the planned crash.
bool play(const Story& story, int crash_at) {
    World world;
    const Charge charge = story.begin(world);
    world.crash.at(crash_at);
    try {
        story.act(world, charge);
        world.work_off();
    } catch (const test::Crash&) {
    }
    const bool crashed = world.crash.happened();
    world.crash.never();
    world.work_off_all();
    const Payment end = world.payment(charge);
    EXPECT_EQ(end.status, story.status);
    EXPECT_EQ(end.captured, Dinars{story.captured});
    EXPECT_EQ(end.refunded, Dinars{story.refunded});
    EXPECT_EQ(world.booking_status(charge), story.booking);
    EXPECT_EQ(world.at_provider(charge), story.at_provider);
    world.expect_sound();
    return crashed;
}

TEST_P(CrashTest, EndsTheSameWhereverItCrashes) {
    int step = 1;
    while (play(GetParam(), step)) {
        ASSERT_FALSE(HasFailure()) << "crash at step " << step;
        ++step;
    }
    EXPECT_GT(step, 2) << "the story has no step to crash at";
}

Task<void> refund_part(db::Transaction& tx, PaymentActions& actions, Caller admin, BookingId booking) {
    const RefundPayment part{.amount = Bounded<1, 100'000'000>::from(420).value(),
                             .reason = Text<300>::parse("dispute").value()};
    co_await actions.refund(tx, admin, booking, part);
}

// The admin, who got no answer, retries.
void refund(World& world, const Charge& charge) {
    const auto refund_once = [&] {
        world.in_transaction(
            [&](db::Transaction& tx) { return refund_part(tx, world.actions, world.as_admin, charge.booking); });
    };
    try {
        refund_once();
    } catch (const test::Crash&) {
        refund_once();
        throw;
    }
}

Charge disputed(World& world, const Charge& charge) {
    world.set_status(charge, "disputed");
    return charge;
}

// The admin, who got no answer, decides again; if the first decision was recorded, the second is refused.
void decide(World& world, const Charge& charge) {
    const auto decide_once = [&] {
        if (world.booking_status(charge) == "disputed") {
            EXPECT_TRUE(run(world.bookings.decide(charge.booking, {420}, world.as_admin.id)));
        }
    };
    try {
        decide_once();
    } catch (const test::Crash&) {
        decide_once();
        throw;
    }
}

INSTANTIATE_TEST_SUITE_P(
    Stories, CrashTest,
    ::testing::Values(Story{"hold",
                            [](World& world) { return world.book(); },
                            [](World& world, const Charge& charge) { world.hold_now(charge); },
                            hold,
                            0,
                            0,
                            "confirmed",
                            {ChargeStatus::held, {1575}, {0}, {0}}},
                      Story{"hold_by_safety_net",
                            [](World& world) { return world.book(); },
                            [](World& world, const Charge&) { world.clock.advance(std::chrono::seconds{5}); },
                            hold,
                            0,
                            0,
                            "confirmed",
                            {ChargeStatus::held, {1575}, {0}, {0}}},
                      Story{"capture",
                            [](World& world) { return world.book_completed(); },
                            [](World&, const Charge&) {},
                            captured,
                            1575,
                            0,
                            "settled",
                            {ChargeStatus::captured, {1575}, {1575}, {0}}},
                      Story{
                          "capture_by_hand",
                          [](World& world) { return world.book_completed(); },
                          [](World& world, const Charge& charge) { run(world.provider_tasks.capture(charge.booking)); },
                          captured,
                          1575,
                          0,
                          "settled",
                          {ChargeStatus::captured, {1575}, {1575}, {0}}},
                      Story{"late_cancellation",
                            [](World& world) { return world.book_held(); },
                            [](World& world, const Charge& charge) {
                                run(world.bookings.end(charge.booking, "cancelled", {{750}, {750}, {75}}));
                            },
                            refunded,
                            825,
                            750,
                            "cancelled",
                            {ChargeStatus::captured, {1575}, {825}, {0}}},
                      Story{"release",
                            [](World& world) { return world.book_held(); },
                            [](World& world, const Charge& charge) {
                                run(world.bookings.end(charge.booking, "cancelled", {{1575}, {0}, {0}}));
                            },
                            refunded,
                            0,
                            1575,
                            "cancelled",
                            {ChargeStatus::released, {1575}, {0}, {0}}},
                      Story{"refund",
                            [](World& world) { return world.book_captured(); },
                            [](World& world, const Charge& charge) { refund(world, charge); },
                            refunded,
                            1575,
                            420,
                            "settled",
                            {ChargeStatus::refunded, {1575}, {1575}, {420}}},
                      Story{"dispute_of_held_money",
                            [](World& world) { return disputed(world, world.book_completed()); },
                            [](World& world, const Charge& charge) { decide(world, charge); },
                            refunded,
                            1155,
                            420,
                            "settled",
                            {ChargeStatus::captured, {1575}, {1155}, {0}}},
                      Story{"dispute_of_captured_money",
                            [](World& world) { return disputed(world, world.book_captured()); },
                            [](World& world, const Charge& charge) { decide(world, charge); },
                            refunded,
                            1575,
                            420,
                            "settled",
                            {ChargeStatus::refunded, {1575}, {1575}, {420}}},
                      Story{"end_during_capture",
                            [](World& world) { return world.book_completed(); },
                            [](World& world, const Charge& charge) {
                                world.provider.during_capture = [&world, booking = charge.booking] {
                                    return world.bookings.end(booking, "cancelled", {{750}, {750}, {75}});
                                };
                            },
                            refunded,
                            1575,
                            750,
                            "cancelled",
                            {ChargeStatus::refunded, {1575}, {1575}, {750}}}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace safargo::payments
