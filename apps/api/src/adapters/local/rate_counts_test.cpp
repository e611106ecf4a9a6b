#include "adapters/local/rate_counts.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace safargo::local {
namespace {

using namespace std::chrono_literals;

const Instant start = *parse_instant("2026-12-03T07:00:00Z");

TEST(RateCounts, CountsDownAndRefusesUntilTheWindowEnds) {
    FakeClock clock(start);
    RateCounts counts(clock);

    const RateDecision first = counts.count("ip:192.0.2.1", 2, 60s);
    EXPECT_TRUE(first.allowed);
    EXPECT_EQ(first.limit, 2U);
    EXPECT_EQ(first.remaining, 1U);
    EXPECT_EQ(first.reset, 60s);

    clock.advance(500ms);
    EXPECT_TRUE(counts.count("ip:192.0.2.1", 2, 60s).allowed);
    clock.advance(29s);
    const RateDecision refused = counts.count("ip:192.0.2.1", 2, 60s);
    EXPECT_FALSE(refused.allowed);
    EXPECT_EQ(refused.remaining, 0U);
    EXPECT_EQ(refused.reset, 31s) << "30.5 s are left, rounded up";

    clock.set(start + 60s - 1us);
    EXPECT_FALSE(counts.count("ip:192.0.2.1", 2, 60s).allowed);
    clock.set(start + 60s);
    EXPECT_TRUE(counts.count("ip:192.0.2.1", 2, 60s).allowed);
}

TEST(RateCounts, KeysDoNotShareTheirCount) {
    FakeClock clock(start);
    RateCounts counts(clock);
    EXPECT_TRUE(counts.count("a", 1, 1s).allowed);
    EXPECT_FALSE(counts.count("a", 1, 1s).allowed);
    EXPECT_TRUE(counts.count("b", 1, 1s).allowed);
}

TEST(RateCounts, AClockThatGoesBackDoesNotLockAnyoneOut) {
    FakeClock clock(start);
    RateCounts counts(clock);
    EXPECT_TRUE(counts.count("a", 1, 60s).allowed);
    clock.set(start - 24h);
    EXPECT_TRUE(counts.count("a", 1, 60s).allowed);
    EXPECT_FALSE(counts.count("a", 1, 60s).allowed);
}

TEST(RateCounts, AFloodOfKeysStaysWithinItsSlots) {
    FakeClock clock(start);
    RateCounts counts(clock, 160);
    for (int i = 0; i < 10'000; ++i) counts.count("ip:" + std::to_string(i), 1, 60s);
    EXPECT_LE(counts.keys(), 160U);
    EXPECT_GE(counts.keys(), 16U);
    EXPECT_FALSE(counts.count("ip:9999", 1, 60s).allowed) << "the newest is kept";
    EXPECT_TRUE(counts.count("ip:0", 1, 60s).allowed) << "the oldest is dropped";
}

TEST(RateCounts, ConcurrentThreadsGetExactlyTheLimit) {
    FakeClock clock(start);
    RateCounts counts(clock);
    std::atomic<int> allowed = 0;
    std::vector<std::jthread> threads;
    threads.reserve(4);
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < 500; ++i) allowed += counts.count("shared", 700, 60s).allowed ? 1 : 0;
        });
    }
    threads.clear();
    EXPECT_EQ(allowed.load(), 700);
}

}  // namespace
}  // namespace safargo::local
