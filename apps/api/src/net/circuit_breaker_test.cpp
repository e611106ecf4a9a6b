#include "net/circuit_breaker.hpp"

#include <gtest/gtest.h>

namespace safargo::net {
namespace {

using namespace std::chrono_literals;
using Result = CircuitBreaker::Result;
using State = CircuitBreaker::State;

class CircuitBreakerTest : public ::testing::Test {
protected:
    bool passes() { return breaker.ask(now).has_value(); }
    void result(Result what) {
        const auto permit = breaker.ask(now);
        ASSERT_TRUE(permit);
        breaker.tell(*permit, what, now);
    }
    void results(Result what, int times) {
        for (int i = 0; i < times; ++i) result(what);
    }
    void open() {
        results(Result::failure, 3);
        ASSERT_EQ(breaker.state(), State::open);
    }

    CircuitBreaker breaker{
        {.failures_in_a_row = 3, .failed_share = 0.5, .enough = 10, .window = 10s, .pause = 1s, .longest_pause = 4s}};
    CircuitBreaker::Time now{};
};

TEST_F(CircuitBreakerTest, FailuresInARowOpenIt) {
    results(Result::failure, 2);
    EXPECT_TRUE(passes());
    result(Result::failure);
    EXPECT_EQ(breaker.state(), State::open);
    EXPECT_FALSE(passes());
    EXPECT_TRUE(breaker.refuses(now));
}

TEST_F(CircuitBreakerTest, ASuccessBetweenThemStartsTheCountAnew) {
    for (int i = 0; i < 2; ++i) {
        results(Result::failure, 2);
        result(Result::success);
    }
    EXPECT_EQ(breaker.state(), State::closed);
}

TEST_F(CircuitBreakerTest, ResultsThatSayNothingCountNowhere) {
    for (int i = 0; i < 20; ++i) result(Result::neither);
    results(Result::failure, 2);
    for (int i = 0; i < 20; ++i) result(Result::neither);
    EXPECT_EQ(breaker.state(), State::closed);
    result(Result::failure);
    EXPECT_EQ(breaker.state(), State::open);
}

TEST_F(CircuitBreakerTest, HalfOfEnoughResultsOpenIt) {
    for (int i = 0; i < 4; ++i) {
        result(Result::failure);
        result(Result::success);
    }
    result(Result::success);
    EXPECT_EQ(breaker.state(), State::closed);
    result(Result::failure);
    EXPECT_EQ(breaker.state(), State::open) << "5 of 10";
}

TEST_F(CircuitBreakerTest, AnOldWindowIsForgotten) {
    for (int i = 0; i < 4; ++i) {
        result(Result::failure);
        result(Result::success);
    }
    now += 10s;
    for (int i = 0; i < 4; ++i) {
        result(Result::failure);
        result(Result::success);
    }
    EXPECT_EQ(breaker.state(), State::closed) << "8 of 16, but 4 of 8 in each window";
}

TEST_F(CircuitBreakerTest, OneProbeAtATimeMayPassAfterThePause) {
    open();
    now += 999ms;
    EXPECT_FALSE(passes());
    now += 1ms;
    EXPECT_FALSE(breaker.refuses(now));
    const auto probe = breaker.ask(now);
    ASSERT_TRUE(probe);
    EXPECT_EQ(breaker.state(), State::probing);
    EXPECT_TRUE(breaker.refuses(now));
    EXPECT_FALSE(passes());
    now += 1h;
    EXPECT_FALSE(passes()) << "the probe is still on its way";
    breaker.tell(*probe, Result::success, now);
    EXPECT_EQ(breaker.state(), State::closed);
    EXPECT_TRUE(breaker.is_calm());
    EXPECT_TRUE(passes());
    EXPECT_TRUE(passes());
}

TEST_F(CircuitBreakerTest, AProbeThatSaysNothingMakesRoomForTheNext) {
    open();
    now += 1s;
    result(Result::neither);
    EXPECT_EQ(breaker.state(), State::probing);
    result(Result::success);
    EXPECT_EQ(breaker.state(), State::closed);
}

TEST_F(CircuitBreakerTest, EachFailedProbeDoublesThePauseUpToTheLongest) {
    open();
    for (const auto pause : {1s, 2s, 4s, 4s}) {
        now += pause - 1ms;
        EXPECT_FALSE(passes()) << pause.count();
        now += 1ms;
        result(Result::failure);
        EXPECT_EQ(breaker.state(), State::open);
    }
}

TEST_F(CircuitBreakerTest, ASuccessfulProbeMakesThePauseShortAgain) {
    open();
    now += 1s;
    result(Result::failure);
    now += 2s;
    result(Result::success);
    open();
    now += 1s;
    EXPECT_TRUE(passes());
}

TEST_F(CircuitBreakerTest, ResultsFromBeforeAChangeAreIgnored) {
    const auto early = breaker.ask(now);
    const auto late = breaker.ask(now);
    open();
    breaker.tell(*early, Result::success, now);
    EXPECT_EQ(breaker.state(), State::open);
    now += 1s;
    const auto probe = breaker.ask(now);
    breaker.tell(*late, Result::failure, now);
    EXPECT_EQ(breaker.state(), State::probing);
    EXPECT_FALSE(passes()) << "the probe is still on its way";
    breaker.tell(*probe, Result::success, now);
    EXPECT_EQ(breaker.state(), State::closed);
}

}  // namespace
}  // namespace safargo::net
