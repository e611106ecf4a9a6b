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

TEST_F(IdempotencyTest, TheSameRequestGetsTheSameAnswerWithoutASecondEffect) {
    const http::Response first = server.write(R"({"text":"once"})", "key-1");
    EXPECT_EQ(first.status, 201);
    expect_same(server.write(R"({"text":"once"})", "key-1"), first);
    EXPECT_EQ(server.notes(), 1);
    EXPECT_EQ(server.notebook.written, 1);
    EXPECT_TRUE(server.finished());
}

TEST_F(IdempotencyTest, AFinalRefusalIsRepeatedToo) {
    const http::Response first = server.write(R"({"text":"refuse"})", "key-1");
    EXPECT_EQ(first.status, 409);
    EXPECT_EQ(server.notes(), 0) << "the effect is rolled back, the answer is stored";
    expect_same(server.write(R"({"text":"refuse"})", "key-1"), first);
    EXPECT_EQ(server.notebook.written, 1);
}

TEST_F(IdempotencyTest, ARolledBackRefusalHasNoAfterCommitStep) {
    server.write(R"({"text":"refuse"})", "key-1");
    EXPECT_TRUE(server.finished()) << "committed without the effect";
    EXPECT_EQ(server.notebook.followed, 0);
    server.write(R"({"text":"keep"})", "key-2");
    EXPECT_EQ(server.notebook.followed, 1);
    server.write(R"({"text":"once"})", "key-3");
    EXPECT_EQ(server.notebook.followed, 2);
}

TEST_F(IdempotencyTest, AnActionWithoutBodyIsRepeatedToo) {
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

TEST_F(IdempotencyTest, AnotherRequestWithTheSameKeyIsRefused) {
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

TEST_F(IdempotencyTest, TheSameJsonIsTheSameRequest) {
    const http::Response first = server.write(R"({"text":"Béjaïa","stars":5})", "k");
    EXPECT_EQ(first.status, 201);
    for (const char* body :
         {"{\"stars\":5,\"text\":\"Béjaïa\"}", " {\r\n\t\"text\" : \"B\\u00e9ja\\u00EFa\", \"stars\" : 5 }\n",
          "{\"\\u0074ext\":\"Béjaïa\",\"stars\":5}"}) {
        expect_same(server.write(body, "k"), first);
    }
    for (const char* body :
         {R"({"text":"Béjaïa","stars":4})", R"({"text":"Béjaïa"})", R"({"text":"Béjaia","stars":5})"}) {
        EXPECT_EQ(server.write(body, "k").status, 422) << body;
    }
    EXPECT_EQ(server.notes(), 1);
}

TEST_F(IdempotencyTest, NoBodyAndAnEmptyObjectAreTheSame) {
    for (const std::string first : {"", "{}", " \r\n"}) {
        server.database.execute("truncate notes, idempotency_keys restart identity");
        server.write(R"({"text":"a"})");
        Ask ask{.method = Method::post, .path = "/notes/1/archive", .body = first, .token = "user"};
        ask.headers = {{"Idempotency-Key", "k"}, {"Content-Type", "application/json"}};
        EXPECT_EQ(server.ask(ask).status, 204);
        for (const char* again : {"{}", "", "\n{ }\n"}) {
            ask.body = again;
            EXPECT_EQ(server.ask(ask).header("Idempotency-Replayed"), "true")
                << '"' << first << "\" \"" << again << '"';
        }
    }
}

TEST_F(IdempotencyTest, StoredAnswersAreSealed) {
    const http::Response first = server.write(R"({"text":"pin 4711"})", "k");
    const std::string row = server.row();
    for (const char* secret : {"4711", "pin", "text", "version"}) EXPECT_EQ(row.find(secret), std::string::npos) << row;
    expect_same(server.write(R"({"text":"pin 4711"})", "k"), first);
    server.runtime.answers = Answers(crypto::KeyRing("another secret").derive("idempotency"));
    const http::Response lost = server.write(R"({"text":"pin 4711"})", "k");
    EXPECT_EQ(lost.status, 422);
    EXPECT_EQ(field(lost, "code"), "idempotency_key_reused");
    EXPECT_EQ(field(lost, "detail"), message({Rule::answer_unreadable}, Language::en));
    EXPECT_EQ(server.notes(), 1) << "an unreadable answer does not repeat the effect";
    server.runtime.answers = Answers(crypto::KeyRing("another secret", "secret-of-these-tests").derive("idempotency"));
    expect_same(server.write(R"({"text":"pin 4711"})", "k"), first);
}

// Two versions run side by side during a deployment.
TEST_F(IdempotencyTest, AnswersOfAnOlderVersionAreRepeated) {
    const std::string body = R"({"text":"old"})";
    const std::string hash = crypto::base64url(crypto::view(crypto::sha256(std::string(prefix) + "/notes?\n" + body)));
    constexpr db::Statement insert{"test_old_row", R"(
        insert into idempotency_keys (user_id, route, key, request_hash, status, response, etag, finished, created_at)
        values ($1, 'POST /notes', 'k', $2, 201, '{"id":7}', '"3"', true, $3))"};
    ::safargo::testing::run(
        server.database.db().query(insert, server.tokens.callers["user"].id, hash, server.clock.now()));
    const http::Response again = server.write(body, "k");
    EXPECT_EQ(again.status, 201);
    EXPECT_EQ(again.body, R"({"id":7})");
    EXPECT_EQ(again.header("ETag"), "\"3\"");
    EXPECT_EQ(server.write(R"({"text":"other"})", "k").status, 422);
    EXPECT_EQ(server.notes(), 0);
}

TEST_F(IdempotencyTest, AnOlderVersionTellsTheClientToRetry) {
    server.write(R"({"text":"new"})", "k");
    constexpr db::Statement read{"test_old_read", "select status, response, request_hash from idempotency_keys"};
    const db::Rows rows = ::safargo::testing::run(server.database.db().query(read));
    EXPECT_EQ(rows[0].get<std::int16_t>(0), 409);
    EXPECT_NE(rows[0].get<std::string>(1).find("request_in_progress"), std::string::npos);
    EXPECT_EQ(rows[0].get<std::string>(2),
              crypto::base64url(crypto::view(crypto::sha256(std::string(prefix) + "/notes?\n" + R"({"text":"new"})"))));
    server.database.execute("update idempotency_keys set request_hash = 'its own', response = '{}', status = 200");
    EXPECT_EQ(server.write(R"({"text":"new"})", "k").status, 422) << "an older version has overwritten the row";
}

TEST_F(IdempotencyTest, RefusesTwoKeys) {
    Ask ask = NotebookServer::writing(R"({"text":"a"})", "k");
    ask.headers.emplace_back("idempotency-key", "k");
    const http::Response refused = server.ask(ask);
    EXPECT_EQ(refused.status, 422);
    EXPECT_NE(refused.body.find(R"({"field":"Idempotency-Key","code":"duplicate_field")"), std::string::npos);
    EXPECT_EQ(server.notes(), 0);
}

TEST_F(IdempotencyTest, KeysBelongToAUserAndARoute) {
    server.write(R"({"text":"once"})", "key-1");
    EXPECT_EQ(server.write(R"({"text":"mine"})", "key-1", "other").status, 201);
    Ask polished = NotebookServer::writing(R"({"text":"theirs"})", "key-1");
    polished.path = "/polished";
    EXPECT_EQ(server.ask(polished).status, 201);
    EXPECT_EQ(server.notes(), 3);
    EXPECT_EQ(server.keys(), 3);
}

TEST_F(IdempotencyTest, TemporaryErrorsAreNotStored) {
    const http::Response busy = server.write(R"({"text":"busy"})", "b");
    EXPECT_EQ(busy.status, 429);
    EXPECT_EQ(busy.header("Retry-After"), "9");
    EXPECT_EQ(server.write(R"({"text":"down"})", "d").status, 503);
    EXPECT_THROW(server.write(R"({"text":"throw"})", "t"), std::runtime_error);
    EXPECT_EQ(server.keys(), 0);
    EXPECT_EQ(server.notes(), 0);
    server.write(R"({"text":"busy"})", "b");
    EXPECT_EQ(server.notebook.written, 4) << "a retry runs the handler again";
}

TEST_F(IdempotencyTest, RequestsThatNeverReachedTheHandlerAreNotStored) {
    EXPECT_EQ(server.write(R"({"text":""})", "k").status, 422);
    EXPECT_EQ(server.write(R"({"text":"a"})", "k", "").status, 401);
    EXPECT_EQ(server.write(R"({"text":"a"})", "k", "suspended").status, 403);
    EXPECT_EQ(server.keys(), 0);
    EXPECT_EQ(server.write(R"({"text":"a"})", "k").status, 201);
}

TEST_F(IdempotencyTest, AKeyExpiresAfterADay) {
    const http::Response first = server.write(R"({"text":"once"})", "k");
    server.clock.advance(std::chrono::hours{24} - std::chrono::microseconds{1});
    EXPECT_EQ(server.write(R"({"text":"once"})", "k").body, first.body);
    server.clock.advance(std::chrono::microseconds{1});
    EXPECT_EQ(field(server.write(R"({"text":"once"})", "k"), "id"), "2");
    EXPECT_EQ(field(server.write(R"({"text":"once"})", "k"), "id"), "2") << "and stored again";
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

TEST_F(IdempotencyTest, RefusesAnEmptyKey) {
    Ask ask = NotebookServer::writing(R"({"text":"a"})");
    ask.headers.emplace_back("idempotency-KEY", "");
    EXPECT_EQ(server.ask(std::move(ask)).status, 422) << "the client believes that the request is safe to repeat";
    EXPECT_EQ(server.notes(), 0);
}

TEST_F(IdempotencyTest, RoutesWithoutKeysIgnoreThem) {
    Ask ask = NotebookServer::writing(R"({"text":"a"})", "k", "driver");
    ask.path = "/journal";
    EXPECT_EQ(server.ask(ask).status, 201);
    EXPECT_EQ(server.ask(ask).status, 201);
    EXPECT_EQ(server.notes(), 2);
}

// Free functions: coroutines own their arguments.
Task<void> ask_into(NotebookServer& server, Ask ask, http::Response& answer) {
    answer = co_await server.answer(std::move(ask));
}

Task<void> ask_meanwhile(NotebookServer& server, Ask ask, http::Response& answer) {
    co_await server.notebook.arrival->pass();  // the other request is inside its transaction
    answer = co_await server.answer(std::move(ask));
    server.notebook.gate->open();
}

TEST_F(IdempotencyTest, TheSameKeyInProgressIsToldToWait) {
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

TEST_F(IdempotencyTest, ManyConcurrentRequestsHaveOneEffect) {
    const Ask ask = NotebookServer::writing(R"({"text":"once"})", "k");
    std::vector<http::Response> answers(30);
    std::vector<Task<void>> storm;
    storm.reserve(answers.size());
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
