#include "adapters/redis/rate_limiter.hpp"

#include "adapters/redis/guard_world_test.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <memory>
#include <vector>

namespace safargo::redis {
namespace {

using namespace std::chrono_literals;
using Mode = ModelCommands::Mode;

// One thread of a replica with its limiter.
struct LimitedReplica {
    LimitedReplica(ModelRedis& redis, Standing& standing, const Clock& clock, unsigned replicas)
        : model(redis, standing), counts(clock), limiter(model.guard, counts, replicas) {}

    GuardedModel model;
    local::RateCounts counts;
    SharedRateLimiter limiter;
};

class SharedRateLimiterTest : public ::testing::Test {
protected:
    SharedRateLimiterTest() {
        for (int i = 0; i < 2; ++i) {
            replicas.push_back(std::make_unique<LimitedReplica>(redis, standing, clock, 2));
        }
    }
    RateDecision take(int replica, unsigned limit, RateLimiter::Deadline deadline = RateLimiter::Deadline::max()) {
        return testing::run(replicas[replica]->limiter.take("ip:192.0.2.1", limit, 60s, deadline));
    }
    int allowed_of(int uses, int replica, unsigned limit) {
        int allowed = 0;
        for (int i = 0; i < uses; ++i) allowed += take(replica, limit).allowed ? 1 : 0;
        return allowed;
    }
    ModelCommands& commands(int replica) { return *replicas[replica]->model.commands; }
    void trust_again(int replica) {
        commands(replica).mode = Mode::works;
        run_until([&] { return replicas[replica]->model.guard.trusts("rate:ip:192.0.2.1"); });
    }

    FakeClock clock{*parse_instant("2026-12-03T07:00:00Z")};
    ModelRedis redis{clock};
    Standing standing;
    std::vector<std::unique_ptr<LimitedReplica>> replicas;
};

TEST_F(SharedRateLimiterTest, CountsDownAndRefusesUntilTheWindowEnds) {
    const RateDecision first = take(0, 2);
    EXPECT_TRUE(first.allowed);
    EXPECT_EQ(first.limit, 2U);
    EXPECT_EQ(first.remaining, 1U);
    EXPECT_EQ(first.reset, 60s);
    clock.advance(500ms);
    EXPECT_TRUE(take(0, 2).allowed);
    clock.advance(29s);
    const RateDecision refused = take(0, 2);
    EXPECT_FALSE(refused.allowed);
    EXPECT_EQ(refused.remaining, 0U);
    EXPECT_EQ(refused.reset, 31s) << "30.5 s are left, rounded up";
    clock.advance(30'500ms);
    EXPECT_TRUE(take(0, 2).allowed);
}

TEST_F(SharedRateLimiterTest, ReplicasShareTheirCounts) {
    EXPECT_EQ(allowed_of(3, 0, 5), 3);
    EXPECT_EQ(allowed_of(3, 1, 5), 2);
    EXPECT_EQ(allowed_of(1, 0, 5), 0);
}

TEST_F(SharedRateLimiterTest, ALimitThatWasLoweredHoldsAtOnce) {
    EXPECT_EQ(allowed_of(5, 0, 5), 5);
    const RateDecision decision = take(0, 3);
    EXPECT_FALSE(decision.allowed);
    EXPECT_EQ(decision.remaining, 0U);
}

TEST_F(SharedRateLimiterTest, WithoutRedisEachReplicaAllowsItsShare) {
    for (int i = 0; i < 2; ++i) commands(i).mode = Mode::refuses;
    const RateDecision first = take(0, 10);
    EXPECT_TRUE(first.allowed);
    EXPECT_EQ(first.limit, 5U);
    EXPECT_EQ(first.remaining, 4U) << "the use that found Redis away is counted, too";
    EXPECT_EQ(allowed_of(20, 0, 10), 4);
    EXPECT_EQ(allowed_of(20, 1, 10), 5);
    clock.advance(60s);
    EXPECT_EQ(allowed_of(20, 0, 10), 5);
}

TEST_F(SharedRateLimiterTest, AShareIsNeverNothing) {
    commands(0).mode = Mode::refuses;
    EXPECT_EQ(allowed_of(5, 0, 1), 1);
}

TEST_F(SharedRateLimiterTest, AnAnswerThatComesTooLateIsCountedTwiceRatherThanNotAtAll) {
    take(0, 10);  // the script is known
    commands(0).mode = Mode::answers_late;
    const RateDecision decision = take(0, 10, std::chrono::steady_clock::now() + 10ms);
    EXPECT_EQ(decision.limit, 5U);
    EXPECT_EQ(decision.remaining, 4U);
    EXPECT_EQ(redis.takes(), 2);
}

// A request without time is decided here, too, and changes nothing for others.
TEST_F(SharedRateLimiterTest, ARequestThatIsNearlyOverIsCountedAsWell) {
    commands(0).mode = Mode::hangs;
    EXPECT_EQ(take(0, 10, std::chrono::steady_clock::now()).limit, 5U);
    commands(0).mode = Mode::works;
    EXPECT_EQ(take(0, 10).limit, 10U);
}

TEST_F(SharedRateLimiterTest, NobodyWaitsForARedisThatIsKnownToBeAway) {
    commands(0).mode = Mode::hangs;
    take(0, 1'000'000);
    const int sent = commands(0).sent;
    for (int i = 0; i < 1'000; ++i) take(0, 1'000'000);
    EXPECT_EQ(commands(0).sent, sent);
}

TEST_F(SharedRateLimiterTest, SharesAgainByItselfWhenRedisIsBack) {
    EXPECT_EQ(allowed_of(4, 0, 10), 4);
    commands(0).mode = Mode::hangs;
    EXPECT_EQ(allowed_of(10, 0, 10), 5);
    trust_again(0);
    EXPECT_EQ(allowed_of(10, 0, 10), 6) << "Redis has kept its window";
    EXPECT_EQ(allowed_of(10, 1, 10), 0);
}

// Such an answer can only be a fault, ours or another's: it decides nothing and overflows no clock.
TEST_F(SharedRateLimiterTest, AnAnswerThatTheScriptCannotGiveDecidesNothing) {
    const auto three = [](std::int64_t allowed, std::int64_t used, std::int64_t left) {
        return list_reply({integer_reply(allowed), integer_reply(used), integer_reply(left)});
    };
    constexpr auto most = std::numeric_limits<std::int64_t>::max(), least = std::numeric_limits<std::int64_t>::min();
    commands(0).mode = Mode::babbles;
    for (const Reply& babble :
         {Reply{}, integer_reply(1), list_reply({}), list_reply({text_reply("1"), text_reply("1"), text_reply("1")}),
          list_reply({Reply{}, Reply{}, Reply{}}), three(2, 1, 1'000), three(0, 1, 0), three(0, 1, -1),
          three(0, 1, 60'001), three(0, most, most), three(1, least, least)}) {
        commands(0).babble = babble;
        clock.advance(60s);
        const RateDecision decision = take(0, 10);
        EXPECT_EQ(decision.limit, 5U) << "this replica's share";
        EXPECT_TRUE(decision.allowed);
    }
    commands(0).babble = three(0, most, 60'000);
    EXPECT_FALSE(take(0, 10).allowed);
    EXPECT_EQ(take(0, 10).remaining, 0U);
}

TEST_F(SharedRateLimiterTest, AnEmptyRedisBeginsAgain) {
    EXPECT_EQ(allowed_of(10, 0, 4), 4);
    redis.forget_scripts();
    redis.lose_everything();
    EXPECT_EQ(allowed_of(10, 0, 4), 4);
}

}  // namespace
}  // namespace safargo::redis
