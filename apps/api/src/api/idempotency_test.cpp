// One effect and one answer per (user, route, key).
#include "api/notebook_world_test.hpp"

#include <gtest/gtest.h>

namespace safargo::api {
namespace {

using http::Method;
using testing::Ask;
using testing::field;
using testing::NotebookServer;

class IdempotencyTest : public ::testing::Test {
protected:
    NotebookServer server;
};

void expect_same(const http::Response& replayed, const http::Response& first) {
    EXPECT_EQ(replayed.status, first.status);
    EXPECT_EQ(replayed.body, first.body);
    EXPECT_EQ(replayed.content_type, first.content_type);
    EXPECT_EQ(replayed.header("ETag"), first.header("ETag"));
    EXPECT_EQ(replayed.header("Idempotency-Replayed"), "true");
    EXPECT_EQ(first.header("Idempotency-Replayed"), "");
}

TEST_F(IdempotencyTest, TheSameRequestIsAnsweredAgainWithoutASecondEffect) {
    const http::Response first = server.write(R"({"text":"once"})", "key-1");
    EXPECT_EQ(first.status, 201);
    expect_same(server.write(R"({"text":"once"})", "key-1"), first);
    EXPECT_EQ(server.notes(), 1);
    EXPECT_EQ(server.notebook.written, 1);
    EXPECT_TRUE(server.finished());
}

TEST_F(IdempotencyTest, AFinalRefusalIsAnsweredAgainToo) {
    const http::Response first = server.write(R"({"text":"refuse"})", "key-1");
    EXPECT_EQ(first.status, 409);
    EXPECT_EQ(server.notes(), 0) << "the effect is undone, the answer is kept";
    expect_same(server.write(R"({"text":"refuse"})", "key-1"), first);
    EXPECT_EQ(server.notebook.written, 1);
}

TEST_F(IdempotencyTest, AnActionWithoutBodyIsAnsweredAgain) {
    server.write(R"({"text":"a"})");
    Ask ask{.method = Method::post, .path = "/notes/1/archive", .token = "user"};
    ask.headers.emplace_back("Idempotency-Key", "k");
    EXPECT_EQ(server.ask(ask).status, 204);
    const http::Response again = server.ask(ask);
    EXPECT_EQ(again.status, 204);
    EXPECT_EQ(again.body, "");
    ask.headers[0].second = "another";
    EXPECT_EQ(server.ask(ask).status, 404);
}

TEST_F(IdempotencyTest, AnotherRequestUnderTheKeyIsRefused) {
    server.write(R"({"text":"once"})", "key-1");
    const http::Response other = server.write(R"({"text":"twice"})", "key-1");
    EXPECT_EQ(other.status, 422);
    EXPECT_EQ(field(other, "code"), "idempotency_key_reused");
    Ask ask{.method = Method::post, .path = "/notes/1/archive", .token = "user"};
    ask.headers.emplace_back("Idempotency-Key", "k");
    EXPECT_EQ(server.ask(ask).status, 204);
    ask.path = "/notes/2/archive";
    EXPECT_EQ(server.ask(ask).status, 422) << "the path is part of the request";
    EXPECT_EQ(server.notes(), 0);
}

TEST_F(IdempotencyTest, KeysBelongToAUserAndARoute) {
    server.write(R"({"text":"once"})", "key-1");
    EXPECT_EQ(server.write(R"({"text":"mine"})", "key-1", "other").status, 201);
    Ask polished = NotebookServer::writing(R"({"text":"hers"})", "key-1");
    polished.path = "/polished";
    EXPECT_EQ(server.ask(polished).status, 201);
    EXPECT_EQ(server.notes(), 3);
    EXPECT_EQ(server.keys(), 3);
}

TEST_F(IdempotencyTest, WhatMayChangeIsNotKept) {
    const http::Response busy = server.write(R"({"text":"busy"})", "b");
    EXPECT_EQ(busy.status, 429);
    EXPECT_EQ(busy.header("Retry-After"), "9");
    EXPECT_EQ(server.write(R"({"text":"down"})", "d").status, 503);
    EXPECT_THROW(server.write(R"({"text":"throw"})", "t"), std::runtime_error);
    EXPECT_EQ(server.keys(), 0);
    EXPECT_EQ(server.notes(), 0);
    server.write(R"({"text":"busy"})", "b");
    EXPECT_EQ(server.notebook.written, 4) << "asked again, it is tried again";
}

TEST_F(IdempotencyTest, WhatNeverReachedTheHandlerIsNotKept) {
    EXPECT_EQ(server.write(R"({"text":""})", "k").status, 422);
    EXPECT_EQ(server.write(R"({"text":"a"})", "k", "").status, 401);
    EXPECT_EQ(server.write(R"({"text":"a"})", "k", "suspended").status, 403);
    EXPECT_EQ(server.keys(), 0);
    EXPECT_EQ(server.write(R"({"text":"a"})", "k").status, 201);
}

TEST_F(IdempotencyTest, AKeyIsForgottenAfterADay) {
    const http::Response first = server.write(R"({"text":"once"})", "k");
    server.clock.advance(std::chrono::hours{24} - std::chrono::microseconds{1});
    EXPECT_EQ(server.write(R"({"text":"once"})", "k").body, first.body);
    server.clock.advance(std::chrono::microseconds{1});
    EXPECT_EQ(field(server.write(R"({"text":"once"})", "k"), "id"), "2");
    EXPECT_EQ(field(server.write(R"({"text":"once"})", "k"), "id"), "2") << "and kept anew";
    EXPECT_EQ(server.keys(), 1);
}

TEST_F(IdempotencyTest, RefusesAMalformedKey) {
    for (const std::string& key :
         {std::string("a b"), std::string("\x7f"), std::string("clé"), std::string(256, 'k')}) {
        const http::Response refused = server.write(R"({"text":"a"})", key);
        EXPECT_EQ(refused.status, 422) << key;
        EXPECT_NE(refused.body.find(R"("field":"Idempotency-Key")"), std::string::npos);
    }
    EXPECT_EQ(server.write(R"({"text":"a"})", std::string(255, '~')).status, 201);
    EXPECT_EQ(server.notes(), 1);
}

TEST_F(IdempotencyTest, RefusesAKeyThatSaysNothing) {
    Ask ask = NotebookServer::writing(R"({"text":"a"})");
    ask.headers.emplace_back("idempotency-KEY", "");
    EXPECT_EQ(server.ask(std::move(ask)).status, 422) << "whoever sends it believes that the request is safe to repeat";
    EXPECT_EQ(server.notes(), 0);
}

TEST_F(IdempotencyTest, RoutesWithoutKeysIgnoreThem) {
    Ask ask = NotebookServer::writing(R"({"text":"a"})", "k", "driver");
    ask.path = "/journal";
    EXPECT_EQ(server.ask(ask).status, 201);
    EXPECT_EQ(server.ask(ask).status, 201);
    EXPECT_EQ(server.notes(), 2);
}

// Free functions: coroutines own what they are given.
Task<void> ask_into(NotebookServer& server, Ask ask, http::Response& answer) {
    answer = co_await server.answer(std::move(ask));
}

Task<void> ask_meanwhile(NotebookServer& server, Ask ask, http::Response& answer) {
    co_await server.notebook.arrival->pass();  // the other one is inside its transaction
    answer = co_await server.answer(std::move(ask));
    server.notebook.gate->open();
}

TEST_F(IdempotencyTest, TheSameKeyInFlightIsToldToWait) {
    ::safargo::testing::Gate arrival(2), gate(2);
    server.notebook.arrival = &arrival;
    server.notebook.gate = &gate;
    const Ask ask = NotebookServer::writing(R"({"text":"wait"})", "k");
    http::Response first, second;
    std::vector<Task<void>> both;
    both.push_back(ask_into(server, ask, first));
    both.push_back(ask_meanwhile(server, ask, second));
    ::safargo::testing::run_all(std::move(both));
    EXPECT_EQ(first.status, 201);
    EXPECT_EQ(second.status, 409);
    EXPECT_EQ(field(second, "code"), "request_in_progress");
    EXPECT_EQ(second.header("Retry-After"), "1");
    EXPECT_EQ(server.notes(), 1);
    EXPECT_EQ(server.ask(ask).body, first.body);
}

TEST_F(IdempotencyTest, AStormOfTheSameRequestHasOneEffect) {
    const Ask ask = NotebookServer::writing(R"({"text":"once"})", "k");
    std::vector<http::Response> answers(30);
    std::vector<Task<void>> storm;
    for (http::Response& answer : answers) storm.push_back(ask_into(server, ask, answer));
    ::safargo::testing::run_all(std::move(storm));
    int good = 0;
    for (const http::Response& answer : answers) {
        EXPECT_TRUE(answer.status == 201 || answer.status == 409) << answer.status;
        if (answer.status == 201) {
            EXPECT_EQ(answer.body, R"({"id":1,"text":"once","version":1})");
            ++good;
        }
    }
    EXPECT_GE(good, 1);
    EXPECT_EQ(server.notes(), 1);
}

}  // namespace
}  // namespace safargo::api
