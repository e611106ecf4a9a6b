// The step after the commit: its result improves the answer, its failure leaves it.
#include "api/idempotency.hpp"
#include "api/notebook_world_test.hpp"

#include <gtest/gtest.h>

namespace safargo::api {
namespace {

using testing::Ask;
using testing::field;
using testing::NotebookServer;

class SequelTest : public ::testing::Test {
protected:
    http::Response write(std::string body, std::string key) {
        Ask ask = NotebookServer::writing(std::move(body), std::move(key));
        ask.path = "/polished";
        return server.ask(std::move(ask));
    }
    NotebookServer server;
};

TEST_F(SequelTest, ItsViewIsTheAnswerAndIsKept) {
    const http::Response first = write(R"({"text":"a"})", "k");
    EXPECT_EQ(first.status, 201);
    EXPECT_EQ(field(first, "text"), "a, polished");
    EXPECT_TRUE(server.finished());
    const http::Response again = write(R"({"text":"a"})", "k");
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(again.header("ETag"), etag_of(1, first.body)) << "of the answer that was sent, not of the one before";
    EXPECT_EQ(field(write(R"({"text":"a"})", ""), "text"), "a, polished") << "without a key too";
}

TEST_F(SequelTest, ItsRefusalLeavesTheCommittedAnswer) {
    server.notebook.sequel = "refuse";
    const http::Response first = write(R"({"text":"a"})", "k");
    EXPECT_EQ(first.status, 201);
    EXPECT_EQ(field(first, "text"), "a");
    EXPECT_TRUE(server.finished()) << "a refusal is an answer";
    EXPECT_EQ(server.notes(), 1);
}

TEST_F(SequelTest, ItsBreakageLeavesTheCommittedAnswerUnfinished) {
    for (const std::string how : {"down", "throw"}) {
        server.notebook.sequel = how;
        server.database.execute("delete from idempotency_keys");
        const http::Response first = write(R"({"text":"a"})", "k");
        EXPECT_EQ(first.status, 201) << how;
        EXPECT_EQ(field(first, "text"), "a");
        EXPECT_EQ(server.keys(), 1);
        EXPECT_FALSE(server.finished()) << how;
        server.notebook.sequel.clear();
        EXPECT_EQ(write(R"({"text":"a"})", "k").body, first.body) << "and is not taken again by a replay";
    }
}

// Its row is written once: nothing comes after the commit.
TEST_F(SequelTest, AViewThatWantsNoneIsFinishedWithTheCommit) {
    server.notebook.sequel = "throw";
    EXPECT_EQ(field(write(R"({"text":"shining"})", "k"), "text"), "shining");
    EXPECT_TRUE(server.finished());
    EXPECT_EQ(field(write(R"({"text":"shining"})", ""), "text"), "shining");
}

TEST_F(SequelTest, ARefusedHandlerHasNone) {
    EXPECT_EQ(write(R"({"text":"refuse"})", "k").status, 409);
    EXPECT_TRUE(server.finished());
    EXPECT_EQ(write(R"({"text":"refuse"})", "").status, 409);
}

// The key was used again for another request a day later, while the first one's sequel was still under way.
TEST_F(SequelTest, FinishesItsOwnAnswerOnly) {
    const IdempotencyKey mine{server.tokens.callers["user"].id, "POST /polished", "k", "hash of mine"};
    const IdempotencyKey later{mine.user, mine.route, mine.key, "hash of another"};
    db::Transaction tx = ::safargo::testing::run(server.database.db().begin());
    store(tx, later, {.status = 201, .body = "later", .finished = false}, server.clock.now());
    ::safargo::testing::run(tx.commit());
    ::safargo::testing::run(finish(server.database.db(), mine, {.status = 201, .body = "mine"}));
    EXPECT_FALSE(server.finished());
    ::safargo::testing::run(finish(server.database.db(), later, {.status = 201, .body = "better"}));
    EXPECT_TRUE(server.finished());
}

}  // namespace
}  // namespace safargo::api
