#include "ports/rate_limiter.hpp"

#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <optional>

namespace safargo {
namespace {

using namespace std::chrono_literals;
using Deadline = RateLimiter::Deadline;

// Records its last arguments.
class LastAsked final : public RateLimiter {
public:
    std::optional<Deadline> until;

private:
    Task<RateDecision> take_by(std::string_view, unsigned, std::chrono::seconds, Deadline given) override {
        until = given;
        co_return RateDecision{};
    }
};

void take(RateLimiter& limiter, Deadline deadline = Deadline::max()) {
    boost::asio::io_context io;
    auto decision = boost::asio::co_spawn(io, limiter.take("user:1", 1, 60s, deadline), boost::asio::use_future);
    io.run();
    decision.get();
}

TEST(RateLimiter, WaitsNoLongerThanItsPatienceOrTheRequest) {
    LastAsked limiter;
    const Deadline before = std::chrono::steady_clock::now();
    take(limiter);
    EXPECT_GE(*limiter.until, before + RateLimiter::patience);
    EXPECT_LE(*limiter.until, std::chrono::steady_clock::now() + RateLimiter::patience);
    take(limiter, before + 1ms);
    EXPECT_EQ(*limiter.until, before + 1ms);
}

}  // namespace
}  // namespace safargo
