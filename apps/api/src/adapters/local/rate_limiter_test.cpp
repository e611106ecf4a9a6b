#include "adapters/local/rate_limiter.hpp"

#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <atomic>
#include <thread>
#include <vector>

namespace safargo::local {
namespace {

using namespace std::chrono_literals;
using Deadline = RateLimiter::Deadline;

const Instant start = *parse_instant("2026-12-03T07:00:00Z");

RateDecision take(RateLimiter& limiter, unsigned limit, Deadline deadline = Deadline::max()) {
    boost::asio::io_context io;
    auto decision = boost::asio::co_spawn(io, limiter.take("user:1", limit, 60s, deadline), boost::asio::use_future);
    io.run();
    return decision.get();
}

TEST(InProcessRateLimiter, WorksThroughThePort) {
    FakeClock clock(start);
    InProcessRateLimiter limiter(clock);
    EXPECT_EQ(take(limiter, 5).remaining, 4U);
    EXPECT_EQ(take(limiter, 5, Deadline{}).remaining, 3U) << "it needs no time";
}

TEST(InProcessRateLimiter, ThreadsShareTheirCounts) {
    FakeClock clock(start);
    RateCounts counts(clock);
    std::atomic<int> allowed = 0;
    std::vector<std::jthread> threads;
    threads.reserve(4);
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&] {
            InProcessRateLimiter limiter(counts);
            for (int i = 0; i < 50; ++i) allowed += take(limiter, 70).allowed ? 1 : 0;
        });
    }
    threads.clear();
    EXPECT_EQ(allowed.load(), 70);
}

}  // namespace
}  // namespace safargo::local
