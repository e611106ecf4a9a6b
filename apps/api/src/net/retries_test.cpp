// What is sent twice, and what never is.
#include "core/metrics.hpp"
#include "net/hostile_server_test.hpp"
#include "net/outcome_test.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace safargo::net {
namespace {

using ::testing::HasSubstr;
using namespace std::chrono_literals;

class Retries : public ::testing::Test {
protected:
    Request repeatable_post() {
        Request request = server.post("x");
        request.repeatable = true;
        return request;
    }

    HostileServer server;
    Client client{testing::shared_context()->get_executor(), {}};
};

TEST_F(Retries, AnUnknownOutcomeIsTriedAgainIfRepeatable) {
    const std::vector<Script> scripts{{Read{}, Reset{}}, {Read{}, Send{"HTTP/1.1 2"}}, {Read{}, Send{answer("hello")}}};
    server.play(scripts);
    EXPECT_EQ(outcome(client, repeatable_post()), "200");
    EXPECT_EQ(server.requests().size(), 3U);
    server.play(scripts);
    EXPECT_EQ(outcome(client, server.post("x")), "interrupted");
    EXPECT_EQ(server.requests().size(), 4U) << "once";
}

TEST_F(Retries, AttemptsAreLimited) {
    server.play({{Read{}, Reset{}}});
    EXPECT_EQ(outcome(client, server.get()), "interrupted");
    EXPECT_EQ(server.requests().size(), 3U);
}

// By itself libcurl sends any request again when a kept connection ends without a byte of an answer.
TEST_F(Retries, AKeptConnectionThatEndsIsNoReasonToSendTwice) {
    const std::vector<Script> scripts{{Read{}, Send{answer("hello")}, Read{}}};
    server.play(scripts);
    EXPECT_EQ(outcome(client, server.get()), "200");
    EXPECT_EQ(outcome(client, server.post("x")), "interrupted");
    EXPECT_EQ(server.requests().size(), 2U) << "the POST once";
}

TEST_F(Retries, AKeptConnectionThatEndsDoesNotStopWhatIsRepeatable) {
    server.play({{Read{}, Send{answer("hello")}, Read{}}});
    for (int i = 0; i < 4; ++i) EXPECT_EQ(outcome(client, server.get()), "200") << i;
    EXPECT_EQ(server.connections(), 4U);
}

TEST_F(Retries, WhatWasNotSentIsTriedAgainWhateverItIs) {
    const Authority authority;
    const Identity identity = authority.issue();
    HostileServer tls(&identity);
    tls.play({{Read{}, Send{answer("hello")}}});
    server.play({{Reset{}}, {Reset{}}, {Reset{}}});
    Client strict(testing::shared_context()->get_executor(), {.ca_file = authority.file()});
    EXPECT_EQ(outcome(strict, tls.post("x")), "200");
    Request request = server.post("x");
    request.url.replace(0, 4, "https");  // so that the connection ends before the request
    EXPECT_EQ(outcome(strict, request), "unreachable");
    EXPECT_EQ(server.connections(), 3U);
}

TEST_F(Retries, NobodyListensToANumberOfAttempts) {
    server.refuse();
    EXPECT_EQ(outcome(client, server.post("x")), "unreachable");
    EXPECT_THAT(metrics::render(), HasSubstr(R"(safargo_outbound_repetitions_total{operation="post",vendor="test"})"));
}

TEST_F(Retries, ABusyServerIsAskedAgainIfRepeatable) {
    for (const std::string status : {"429 Slow", "502 Bad", "503 Busy", "504 Late"}) {
        Client fresh(testing::shared_context()->get_executor(), {});
        server.play({{Read{}, Send{answer("", status)}, Read{}, Send{answer("hello")}}});
        EXPECT_EQ(outcome(fresh, server.get()), "200") << status;
        server.play({{Read{}, Send{answer("", status)}, Read{}, Send{answer("hello")}}});
        EXPECT_EQ(outcome(fresh, server.post("x")), status.substr(0, 3));
    }
}

TEST_F(Retries, TheLastAnswerIsGivenBack) {
    server.play({{Read{}, Send{answer("why", "503 Busy")}, Again{}}});
    const Response response = testing::run(client.send(server.get()));
    EXPECT_EQ(response.status, 503);
    EXPECT_EQ(response.body, "why");
    EXPECT_EQ(server.requests().size(), 3U);
}

TEST_F(Retries, OtherErrorsAreAnswers) {
    for (const std::string status : {"400 Bad", "404 Not Found", "408 Late", "500 Broken", "501 Not Implemented"}) {
        server.play({{Read{}, Send{answer("", status)}}});
        const std::size_t before = server.requests().size();
        EXPECT_EQ(outcome(client, server.get()), status.substr(0, 3));
        EXPECT_EQ(server.requests().size(), before + 1);
    }
}

TEST_F(Retries, RetryAfterIsHonouredWithinTheDeadline) {
    server.play({{Read{}, Send{answer("", "503 Busy", "Retry-After: 1\r\n")}, Read{}, Send{answer("hello")}}});
    const auto began = std::chrono::steady_clock::now();
    EXPECT_EQ(outcome(client, server.get()), "200");
    EXPECT_GE(std::chrono::steady_clock::now() - began, 1s);
}

TEST_F(Retries, ALongerRetryAfterIsLeftToTheCaller) {
    server.play({{Read{}, Send{answer("", "503 Busy", "Retry-After: 5\r\n")}, Read{}, Send{answer("hello")}}});
    const auto began = std::chrono::steady_clock::now();
    EXPECT_EQ(outcome(client, server.get()), "503");
    EXPECT_LT(std::chrono::steady_clock::now() - began, 4s);
    EXPECT_EQ(server.requests().size(), 1U);
}

TEST_F(Retries, TheDeadlineOfTheRequestIsKept) {
    server.play({{Read{}, Hold{}}});
    Request request = server.get();
    request.deadline = std::chrono::steady_clock::now() + 50ms;
    EXPECT_EQ(outcome(client, request), "late");
    EXPECT_LT(std::chrono::steady_clock::now(), request.deadline + 2s);
    EXPECT_EQ(outcome(client, request), "late") << "already past: not even sent";
    EXPECT_EQ(server.requests().size(), 1U);
}

}  // namespace
}  // namespace safargo::net
