// Why there is an open loop: a server that answers nothing for 0.2 s of every second keeps a fifth of all users
// waiting, and only who asks at the users' pace sees it. In time from the due moment, of all requests the share (S - x)
// / P waits longer than x when S of every P is a stall, so the true p99 is S - P / 100 = 190 ms.
#include "load/scripted_server_test.hpp"

#include <gtest/gtest.h>

namespace safargo::load::testing {
namespace {

using namespace std::chrono_literals;

constexpr Stall stall{.period = 1'000ms, .length = 200ms};
constexpr std::uint64_t true_p99_us = 190'000;
constexpr auto three_periods = 3'000ms;

// The latencies are the server's doing: a slow machine can only raise them.
void expect_stalls_are_seen(const Outcome& outcome, const ScriptedServer& server) {
    EXPECT_EQ(outcome.tally.sent, 600U);
    EXPECT_EQ(outcome.tally.answered(), 600U);
    EXPECT_GE(outcome.tally.latency().percentile(99), true_p99_us * 7 / 10);
    EXPECT_GE(server.stalled(), 1U);
}

TEST(Stalls, AnOpenLoopSeesThem) {
    ScriptedServer server(ok(), stall);
    const auto outcome = open_trial(server, 200, three_periods).run();
    expect_stalls_are_seen(outcome, server);
    EXPECT_GT(outcome.tally.connections, 5U) << "a stall did not keep the next requests from being sent";
}

TEST(Stalls, AnOpenLoopSeesThemWhenRequestsWaitForAConnection) {
    ScriptedServer server(ok(), stall);
    auto trial = open_trial(server, 200, three_periods);
    trial.plan.max_connections = 1;
    expect_stalls_are_seen(trial.run(), server);
}

TEST(Stalls, AClosedLoopWithFewConnectionsHidesThem) {
    ScriptedServer server(ok(), stall);
    auto trial = closed_trial(server, 1, 0);
    trial.lines = get_line("/");
    trial.order = MixEntry::Order::cycle;
    trial.plan.duration = three_periods;
    const auto tally = trial.run().tally;
    EXPECT_GE(server.stalled(), 1U);
    EXPECT_LE(server.stalled(), 4U) << "one connection meets a stall once";
    EXPECT_GE(tally.latency().max(), 50'000U) << "it did meet one";
    EXPECT_GT(tally.answered(), 100 * server.stalled()) << "and yet its p99 leaves them out";
}

}  // namespace
}  // namespace safargo::load::testing
