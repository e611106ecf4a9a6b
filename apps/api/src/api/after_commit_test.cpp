// The after-commit step: success improves the response, failure leaves it unchanged.
#include "api/idempotency.hpp"
#include "api/notebook_world_test.hpp"

#include <gtest/gtest.h>

namespace safargo::api {
namespace {

using testing::Ask;
using testing::field;
using testing::NotebookServer;

class AfterCommitTest : public ::testing::Test {
protected:
    http::Response write(std::string body, std::string key) {
        Ask ask = NotebookServer::writing(std::move(body), std::move(key));
        ask.path = "/polished";
        return server.ask(std::move(ask));
    }
    NotebookServer server;
};

TEST_F(AfterCommitTest, ItsViewBecomesTheStoredResponse) {
    const http::Response first = write(R"({"text":"a"})", "k");
    EXPECT_EQ(first.status, 201);
    EXPECT_EQ(field(first, "text"), "a, polished");
    EXPECT_TRUE(server.finished());
    const http::Response again = write(R"({"text":"a"})", "k");
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(again.header("ETag"), etag_of(1, first.body)) << "of the response that was sent, not the earlier one";
    EXPECT_EQ(field(write(R"({"text":"a"})", ""), "text"), "a, polished") << "without a key too";
}

TEST_F(AfterCommitTest, ItsRefusalLeavesTheCommittedResponse) {
    server.notebook.after_commit = "refuse";
    const http::Response first = write(R"({"text":"a"})", "k");
    EXPECT_EQ(first.status, 201);
    EXPECT_EQ(field(first, "text"), "a");
    EXPECT_TRUE(server.finished()) << "a refusal is final";
    EXPECT_EQ(server.notes(), 1);
}

TEST_F(AfterCommitTest, ItsFailureLeavesTheCommittedResponse) {
    for (const std::string how : {"down", "throw", "number"}) {
        server.notebook.after_commit = how;
        server.database.execute("delete from idempotency_keys");
        const http::Response first = write(R"({"text":"a"})", "k");
        EXPECT_EQ(first.status, 201) << how;
        EXPECT_EQ(field(first, "text"), "a");
        EXPECT_TRUE(server.finished()) << how;
        server.notebook.after_commit.clear();
        EXPECT_EQ(write(R"({"text":"a"})", "k").body, first.body) << "a replay does not repeat the step";
    }
}

// Free functions: coroutines own their arguments.
Task<void> ask_into(NotebookServer& server, Ask ask, http::Response& answer) {
    answer = co_await server.answer(std::move(ask));
}

Task<void> ask_during_after_commit(NotebookServer& server, Ask ask, std::chrono::seconds later,
                                   http::Response& answer) {
    co_await server.notebook.arrival->pass();  // the first request has committed
    server.clock.advance(later);
    answer = co_await server.answer(std::move(ask));
    server.notebook.gate->open();
}

class TwoAtOnce : public AfterCommitTest {
protected:
    // Sends the second request during the first one's after-commit step.
    void ask_twice(std::chrono::seconds later) {
        ::safargo::testing::Gate arrival(2), gate(2);
        server.notebook.after_commit = "wait";
        server.notebook.arrival = &arrival;
        server.notebook.gate = &gate;
        ask = NotebookServer::writing(R"({"text":"a"})", "k");
        ask.path = "/polished";
        std::vector<Task<void>> both;
        both.push_back(ask_into(server, ask, first));
        both.push_back(ask_during_after_commit(server, ask, later, second));
        ::safargo::testing::run_all(std::move(both));
    }
    Ask ask;
    http::Response first, second;
};

TEST_F(TwoAtOnce, TheSecondIsToldToWaitForTheAfterCommitStep) {
    ask_twice(std::chrono::seconds{0});
    EXPECT_EQ(field(first, "text"), "a, polished");
    EXPECT_EQ(second.status, 409);
    EXPECT_EQ(field(second, "code"), "request_in_progress");
    EXPECT_EQ(second.header("Retry-After"), "1");
    EXPECT_EQ(server.ask(ask).body, first.body) << "one answer";
    EXPECT_EQ(server.notebook.written, 1);
}

// The process that should have finished it may have crashed.
TEST_F(TwoAtOnce, AnUnfinishedResponseIsReturnedAfterATime) {
    ask_twice(longest_after_commit);
    EXPECT_EQ(field(second, "text"), "a");
    EXPECT_EQ(first.body, second.body) << "also for the request that finishes late";
    EXPECT_EQ(server.ask(ask).body, second.body);
    EXPECT_TRUE(server.finished());
}

TEST_F(AfterCommitTest, AResponseThatCannotBeStoredIsNotReturned) {
    server.database.execute(R"(
        create function refuse() returns trigger language plpgsql as $$ begin raise 'full'; end $$;
        create trigger refuse before update on idempotency_keys for each row execute function refuse())");
    const http::Response unknown = write(R"({"text":"a"})", "k");
    EXPECT_EQ(unknown.status, 503);
    EXPECT_EQ(unknown.header("Retry-After"), "1");
    EXPECT_EQ(write(R"({"text":"a"})", "k").status, 409) << "not finished yet";
    server.database.execute("drop trigger refuse on idempotency_keys");
    server.clock.advance(longest_after_commit);
    EXPECT_EQ(field(write(R"({"text":"a"})", "k"), "text"), "a");
    EXPECT_EQ(server.notes(), 1);
}

// Its row is written once: there is no after-commit step.
TEST_F(AfterCommitTest, AViewWithoutAStepIsFinishedWithTheCommit) {
    server.notebook.after_commit = "throw";
    EXPECT_EQ(field(write(R"({"text":"shining"})", "k"), "text"), "shining");
    EXPECT_TRUE(server.finished());
    EXPECT_EQ(field(write(R"({"text":"shining"})", ""), "text"), "shining");
}

TEST_F(AfterCommitTest, ARefusedHandlerHasNoStep) {
    EXPECT_EQ(write(R"({"text":"refuse"})", "k").status, 409);
    EXPECT_TRUE(server.finished());
    EXPECT_EQ(write(R"({"text":"refuse"})", "").status, 409);
}

// The key was reused for another request a day later, during the first one's after-commit step.
TEST_F(AfterCommitTest, FinishesOnlyItsOwnResponse) {
    const Answers& answers = server.runtime.answers;
    const IdempotencyKey mine{server.tokens.callers["user"].id, "POST /polished", "k", "hash of mine", "meaning"};
    const IdempotencyKey later{mine.user, mine.route, mine.key, "hash of another", "another meaning"};
    db::Transaction tx = ::safargo::testing::run(server.database.db().begin());
    answers.store(tx, later, {.status = 201, .body = "later", .finished = false}, server.clock.now());
    ::safargo::testing::run(tx.commit());
    EXPECT_FALSE(::safargo::testing::run(answers.finish(server.database.db(), mine, {.status = 201, .body = "mine"})));
    EXPECT_FALSE(server.finished());
    EXPECT_TRUE(
        ::safargo::testing::run(answers.finish(server.database.db(), later, {.status = 201, .body = "better"})));
    EXPECT_TRUE(server.finished());
    EXPECT_FALSE(
        ::safargo::testing::run(answers.finish(server.database.db(), later, {.status = 201, .body = "again"})));
}

}  // namespace
}  // namespace safargo::api
