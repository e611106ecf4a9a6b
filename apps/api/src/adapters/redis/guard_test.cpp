#include "adapters/redis/guard.hpp"

#include "adapters/redis/guard_world_test.hpp"
#include "testing/cancellable.hpp"

#include <gtest/gtest.h>

namespace safargo::redis {
namespace {

using namespace std::chrono_literals;
using Mode = ModelCommands::Mode;

class GuardTest : public ::testing::Test {
protected:
    std::optional<Reply> ask(const std::string& key = "foo", Deadline deadline = soon()) {
        return testing::run(model.guard.ask(use, key, {"HMGET", key, "version", "value"}, deadline));
    }
    void trust_again() {
        commands().mode = Mode::works;
        run_until([this] { return model.guard.trusts("foo"); });
    }
    ModelCommands& commands() { return *model.commands; }

    FakeClock clock{*parse_instant("2026-12-03T07:00:00Z")};
    ModelRedis redis{clock};
    Standing standing;
    GuardedModel model{redis, standing};
    Use use{"test"};
};

TEST_F(GuardTest, HandsOnWhatRedisAnswers) {
    const auto reply = ask();
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->items.size(), 2U);
    EXPECT_EQ(commands().sent, 1);
}

TEST_F(GuardTest, AsksNobodyAfterAFailureOfAnyKindUntilAProbeHasWorked) {
    for (const Mode mode : {Mode::refuses, Mode::hangs, Mode::answers_late, Mode::out_of_memory, Mode::cut_off}) {
        commands().mode = mode;
        commands().sent = 0;
        EXPECT_FALSE(ask()) << static_cast<int>(mode);
        EXPECT_FALSE(model.guard.trusts("foo")) << static_cast<int>(mode);
        EXPECT_FALSE(ask()) << static_cast<int>(mode);
        EXPECT_EQ(commands().sent, 1) << "the second one waited for nobody";
        EXPECT_FALSE(standing.up());
        trust_again();
        EXPECT_TRUE(ask()) << static_cast<int>(mode);
    }
}

TEST_F(GuardTest, StillAsksForTheKeysOfOtherLanes) {
    commands().broken_lanes = {Lanes::of("foo")};
    EXPECT_FALSE(ask("foo"));
    ASSERT_NE(Lanes::of("foo"), Lanes::of("bar"));
    EXPECT_TRUE(ask("bar"));
    EXPECT_FALSE(standing.up()) << "a part is missing";
    commands().broken_lanes.clear();
    trust_again();
    run_until([this] { return standing.up(); });
}

// The request was nearly over: Redis had no time to answer.
TEST_F(GuardTest, LearnsNothingFromACallerWithoutTime) {
    commands().mode = Mode::hangs;
    EXPECT_FALSE(ask("foo", std::chrono::steady_clock::now() + 1ms));
    EXPECT_TRUE(model.guard.trusts("foo"));
}

TEST_F(GuardTest, NoticesWithoutTrafficThatRedisHasGoneAndIsBack) {
    run_until([this] { return standing.up(); });
    EXPECT_TRUE(standing.latency_ms());
    commands().mode = Mode::refuses;
    run_until([this] { return !standing.up(); });
    EXPECT_FALSE(standing.latency_ms());
    commands().mode = Mode::works;
    run_until([this] { return standing.up(); });
    EXPECT_EQ(commands().sent, 0);
}

TEST_F(GuardTest, IsDownUntilRedisHasAnswered) {
    EXPECT_FALSE(standing.up());
}

TEST_F(GuardTest, SendsAScriptThatTheNodeDoesNotKnow) {
    const Script script("return 1");
    EXPECT_EQ(script.digest(), "e0e1f9fabfc9d4800c877a703b823ac0578ff8db");
    const auto run = [&] { return testing::run(model.guard.run(use, script, "foo", {"3", "60000"}, soon())); };
    EXPECT_TRUE(run());
    EXPECT_EQ(commands().sent, 2);
    EXPECT_TRUE(run());
    EXPECT_EQ(commands().sent, 3) << "one round trip once it is known";
    redis.forget_scripts();
    EXPECT_TRUE(run());
    EXPECT_EQ(commands().sent, 5);
    EXPECT_TRUE(model.guard.trusts("foo")) << "that was no failure";
}

TEST_F(GuardTest, ACancelledCallerIsNoFailure) {
    commands().mode = Mode::hangs;
    std::optional<std::optional<Reply>> answer;
    testing::Cancellable task(testing::keep_answer(
        model.guard.ask(use, "foo", {"HMGET", "foo", "version", "value"}, std::chrono::steady_clock::now() + 1h),
        answer));
    run_until([this] { return commands().sent == 1; });
    task.cancel();
    task.wait();
    EXPECT_FALSE(answer);
    EXPECT_TRUE(model.guard.trusts("foo"));
}

TEST_F(GuardTest, LeavesNothingBehindInTheStandingOfTheProcess) {
    run_until([this] { return standing.up(); });
    {
        GuardedModel other(redis, standing);
        other.commands->mode = Mode::refuses;
        run_until([this] { return !standing.up(); });
    }
    EXPECT_TRUE(standing.up());
}

}  // namespace
}  // namespace safargo::redis
