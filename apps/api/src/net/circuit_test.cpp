// A host that fails is left alone for a while.
#include "core/metrics.hpp"
#include "net/hostile_server_test.hpp"
#include "net/outcome_test.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <optional>

namespace safargo::net {
namespace {

using ::testing::HasSubstr;
using namespace std::chrono_literals;

class Circuit : public ::testing::Test {
protected:
    Circuit() { fresh({}); }
    void fresh(ClientOptions options) {
        options.attempts = 1;
        client.emplace(testing::shared_context()->get_executor(), options);
    }
    static std::string gauge(int value) {
        return "safargo_outbound_circuits_open{vendor=\"test\"} " + std::to_string(value) + "\n";
    }
    std::string times(int count, const Request& request) {
        std::string last;
        for (int i = 0; i < count; ++i) last = outcome(*client, request);
        return last;
    }

    HostileServer server;
    std::optional<Client> client;
};

TEST_F(Circuit, FiveFailuresOpenItAndAProbeClosesIt) {
    server.play({{Read{}, Reset{}}});
    EXPECT_EQ(times(5, server.get()), "interrupted");
    EXPECT_THAT(metrics::render(), HasSubstr(gauge(1)));
    EXPECT_EQ(times(20, server.get()), "circuit_open");
    EXPECT_EQ(server.connections(), 5U);

    server.play({{Read{}, Send{answer("hello")}, Again{}}});
    const auto limit = std::chrono::steady_clock::now() + 20s;
    while (outcome(*client, server.get()) != "200") ASSERT_LT(std::chrono::steady_clock::now(), limit);
    EXPECT_THAT(metrics::render(), HasSubstr(gauge(0)));
    EXPECT_EQ(times(5, server.get()), "200");
}

TEST_F(Circuit, ItBelongsToOneHost) {
    server.play({{Read{}, Reset{}}});
    EXPECT_EQ(times(6, server.get()), "circuit_open");
    HostileServer other;
    EXPECT_EQ(outcome(*client, other.get()), "200");
}

TEST_F(Circuit, AClientThatEndsTakesItsOpenCircuitsAlong) {
    server.play({{Read{}, Reset{}}});
    EXPECT_EQ(times(6, server.get()), "circuit_open");
    client.reset();
    EXPECT_THAT(metrics::render(), HasSubstr(gauge(0)));
}

TEST_F(Circuit, StatusesOfABrokenHostOpenIt) {
    for (const std::string status : {"502 Bad", "503 Busy", "504 Late"}) {
        server.play({{Read{}, Send{answer("", status)}, Again{}}});
        fresh({});
        EXPECT_EQ(times(6, server.get()), "circuit_open") << status;
    }
}

TEST_F(Circuit, OtherAnswersDoNot) {
    for (const std::string status : {"400 Bad", "404 Not Found", "429 Slow", "500 Broken", "302 Found"}) {
        server.play({{Read{}, Send{answer("", status)}, Again{}}});
        fresh({});
        EXPECT_EQ(times(30, server.get()), status.substr(0, 3));
    }
    server.play({{Read{}, Send{answer("too large")}, Again{}}});
    Request request = server.get();
    request.max_answer = 1;
    fresh({});
    EXPECT_EQ(times(30, request), "too_large");
}

TEST_F(Circuit, AHostThatHangsOpensIt) {
    server.play({{Read{}, Hold{}}});
    fresh({.patience = 40ms});
    EXPECT_EQ(times(6, server.get()), "circuit_open");
}

// The caller had no time to begin with.
TEST_F(Circuit, AHastyCallerSaysNothingAboutTheHost) {
    server.play({{Read{}, Hold{}}});
    for (int i = 0; i < 10; ++i) {
        Request request = server.get();
        request.deadline = std::chrono::steady_clock::now() + 10ms;
        EXPECT_EQ(outcome(*client, request), "late");
    }
}

TEST_F(Circuit, RepetitionsStopWhenItOpens) {
    client.emplace(testing::shared_context()->get_executor(), ClientOptions{.patience = 10s, .attempts = 7});
    server.play({{Read{}, Reset{}}});
    EXPECT_EQ(outcome(*client, server.get()), "interrupted");
    EXPECT_EQ(server.requests().size(), 5U);
}

}  // namespace
}  // namespace safargo::net
