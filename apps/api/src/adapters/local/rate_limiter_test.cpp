#include "adapters/local/rate_limiter.hpp"

#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace safargo::local {
namespace {

using namespace std::chrono_literals;

const Instant start = *parse_instant("2026-12-03T07:00:00Z");

TEST(InProcessRateLimiter, CountsDownAndRefusesUntilTheWindowEnds) {
    FakeClock clock(start);
    InProcessRateLimiter limiter(clock);

    const RateDecision first = limiter.count("ip:192.0.2.1", 2, 60s);
    EXPECT_TRUE(first.allowed);
    EXPECT_EQ(first.limit, 2U);
    EXPECT_EQ(first.remaining, 1U);
    EXPECT_EQ(first.reset, 60s);

    clock.advance(500ms);
    EXPECT_TRUE(limiter.count("ip:192.0.2.1", 2, 60s).allowed);
    clock.advance(29s);
    const RateDecision refused = limiter.count("ip:192.0.2.1", 2, 60s);
    EXPECT_FALSE(refused.allowed);
    EXPECT_EQ(refused.remaining, 0U);
    EXPECT_EQ(refused.reset, 31s) << "30.5 s are left, rounded up";

    clock.set(start + 60s - 1us);
    EXPECT_FALSE(limiter.count("ip:192.0.2.1", 2, 60s).allowed);
    clock.set(start + 60s);
    EXPECT_TRUE(limiter.count("ip:192.0.2.1", 2, 60s).allowed);
}

TEST(InProcessRateLimiter, KeysDoNotShareTheirCount) {
    FakeClock clock(start);
    InProcessRateLimiter limiter(clock);
    EXPECT_TRUE(limiter.count("a", 1, 1s).allowed);
    EXPECT_FALSE(limiter.count("a", 1, 1s).allowed);
    EXPECT_TRUE(limiter.count("b", 1, 1s).allowed);
}

TEST(InProcessRateLimiter, AClockThatGoesBackDoesNotLockAnyoneOut) {
    FakeClock clock(start);
    InProcessRateLimiter limiter(clock);
    EXPECT_TRUE(limiter.count("a", 1, 60s).allowed);
    clock.set(start - 24h);
    EXPECT_TRUE(limiter.count("a", 1, 60s).allowed);
    EXPECT_FALSE(limiter.count("a", 1, 60s).allowed);
}

TEST(InProcessRateLimiter, AFloodOfKeysTakesNoMoreThanItsSlots) {
    FakeClock clock(start);
    InProcessRateLimiter limiter(clock, 160);
    for (int i = 0; i < 10'000; ++i) limiter.count("ip:" + std::to_string(i), 1, 60s);
    EXPECT_LE(limiter.keys(), 160U);
    EXPECT_GE(limiter.keys(), 16U);
    EXPECT_FALSE(limiter.count("ip:9999", 1, 60s).allowed) << "the newest is remembered";
    EXPECT_TRUE(limiter.count("ip:0", 1, 60s).allowed) << "the oldest is forgotten";
}

TEST(InProcessRateLimiter, ThreadsTogetherGetExactlyTheLimit) {
    FakeClock clock(start);
    InProcessRateLimiter limiter(clock);
    std::atomic<int> allowed = 0;
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < 500; ++i) allowed += limiter.count("shared", 700, 60s).allowed ? 1 : 0;
        });
    }
    threads.clear();
    EXPECT_EQ(allowed.load(), 700);
}

TEST(InProcessRateLimiter, AnswersThroughThePort) {
    FakeClock clock(start);
    InProcessRateLimiter limiter(clock);
    RateLimiter& port = limiter;
    boost::asio::io_context io;
    auto decision = boost::asio::co_spawn(io, port.take("user:1", 5, 60s), boost::asio::use_future);
    io.run();
    EXPECT_EQ(decision.get().remaining, 4U);
}

}  // namespace
}  // namespace safargo::local
