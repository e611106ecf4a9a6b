// Why there is an open loop: a server that answers nothing for 0.2 s of every second keeps a fifth of all users
// waiting, and only who asks at the users' pace sees it. In time from the due moment, of all requests the share (S - x)
// / P waits longer than x when S of every P is a stall, so the true p99 is S - P / 100 = 190 ms.
#include "load/scripted_server_test.hpp"

#include <gtest/gtest.h>

namespace safargo::load::testing {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t true_p99_us = 190'000;
constexpr auto three_periods = 3'000ms;

class Stalls : public ::testing::Test {
protected:
    // The latencies are the server's doing: a slow machine can only raise them.
    void expect_seen(const Tally& tally) const {
        EXPECT_EQ(tally.sent, 600U);
        EXPECT_EQ(tally.answered(), 600U);
        EXPECT_GE(tally.latency().percentile(99), true_p99_us * 7 / 10);
        EXPECT_GE(stalls_, 1U);
    }

    std::atomic<unsigned> stalls_{0};  // that a request met
    ScriptedServer server_{[this, began = Clock::now()](unsigned) {
        const auto left = 200ms - (Clock::now() - began) % 1'000ms;
        if (left > 0s) {
            ++stalls_;
            std::this_thread::sleep_for(left);  // the server's only thread
        }
        return ok();
    }};
};

TEST_F(Stalls, AnOpenLoopSeesThem) {
    const auto tally = open_trial(server_, 200, three_periods).run().tally;
    expect_seen(tally);
    EXPECT_GT(tally.connections, 5U) << "a stall did not keep the next requests from being sent";
}

TEST_F(Stalls, AnOpenLoopSeesThemWhenRequestsWaitForAConnection) {
    auto trial = open_trial(server_, 200, three_periods);
    trial.plan.max_connections = 1;
    expect_seen(trial.run().tally);
}

TEST_F(Stalls, AClosedLoopWithFewConnectionsHidesThem) {
    auto trial = closed_trial(server_, 1, 1);
    trial.order = MixEntry::Order::cycle;
    trial.plan.duration = three_periods;
    const auto tally = trial.run().tally;
    EXPECT_GE(stalls_, 1U);
    EXPECT_LE(stalls_, 4U) << "one connection meets a stall once";
    EXPECT_GE(tally.latency().max(), 50'000U) << "it did meet one";
    EXPECT_GT(tally.answered(), 100 * stalls_) << "and yet its p99 leaves them out";
}

}  // namespace
}  // namespace safargo::load::testing
