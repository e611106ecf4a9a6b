// A handler's inputs, its refusals, and the fate of its transaction.
#include "api/notebook_world_test.hpp"

#include <gtest/gtest.h>

namespace safargo::api {
namespace {

using http::Method;
using testing::Ask;
using testing::field;

constexpr const char* json = "application/json";

class EndpointTest : public ::testing::Test {
protected:
    http::Response patch(std::string path, std::string if_match, std::string body = R"({"text":"new"})") {
        Ask ask{.method = Method::patch, .path = std::move(path), .body = std::move(body), .token = "user"};
        ask.headers.emplace_back("Content-Type", json);
        if (!if_match.empty()) ask.headers.emplace_back("If-Match", std::move(if_match));
        return server.ask(std::move(ask));
    }
    http::Response archive(std::string body, std::string type = json) {
        return server.ask({.method = Method::post,
                           .path = "/notes/1/archive",
                           .body = std::move(body),
                           .token = "user",
                           .headers = {{"Content-Type", std::move(type)}}});
    }
    // Status and first wrong field of a body.
    std::string refusal(std::string body) {
        const http::Response response = server.write(std::move(body));
        const std::string errors = field(response, "errors");
        const auto begin = errors.find("\"field\":\"") + 9;
        return std::to_string(response.status) + ' ' + errors.substr(begin, errors.find('"', begin) - begin);
    }

    testing::NotebookServer server;
};

TEST_F(EndpointTest, PassesTheBodyAndReturnsTheViewWithItsVersion) {
    const http::Response response = server.write(R"({"text":" hello ","stars":5})");
    EXPECT_EQ(response.status, 201);
    EXPECT_EQ(response.body, R"({"id":1,"text":"hello","version":1})");
    EXPECT_EQ(response.content_type, json);
    EXPECT_EQ(response.header("ETag"), etag_of(1, response.body));
    EXPECT_TRUE(response.header("ETag").starts_with("\"1."));
    EXPECT_EQ(server.notes(), 1);
    EXPECT_EQ(server.commits, 1);
}

TEST_F(EndpointTest, NamesTheWrongField) {
    EXPECT_EQ(refusal(R"({"text":"a","stars":6})"), "422 stars");
    EXPECT_EQ(refusal(R"({"text":"a","colour":1})"), "422 colour");
    EXPECT_EQ(refusal(R"({})"), "422 text");
    EXPECT_EQ(refusal(R"({"text":"a","text":"b"})"), "422 text");
    EXPECT_EQ(refusal("{"), "400 ");
    EXPECT_EQ(refusal(""), "400 ");
    EXPECT_EQ(server.notebook.written, 0);
}

TEST_F(EndpointTest, RequiresJson) {
    Ask ask = testing::NotebookServer::writing(R"({"text":"a"})");
    for (const std::string type : {"text/plain", "", "application/jsonx", "application/x-www-form-urlencoded"}) {
        ask.headers = {{"Content-Type", type}};
        const http::Response response = server.ask(ask);
        EXPECT_EQ(response.status, 415) << type;
        EXPECT_EQ(response.content_type, "application/problem+json");
    }
    for (const std::string type :
         {"application/json; charset=utf-8", "APPLICATION/JSON", "application/merge-patch+json"}) {
        ask.headers = {{"content-type", type}};
        EXPECT_EQ(server.ask(ask).status, 201) << type;
    }
}

TEST_F(EndpointTest, ReadsQueryAndPath) {
    server.write(R"({"text":"first"})");
    server.write(R"({"text":"second"})");
    const auto list = [&](std::string query) { return server.ask({.path = "/notes", .query = std::move(query)}); };
    EXPECT_EQ(list("containing=sec").body, R"({"items":[{"id":2,"text":"second","version":1}],"reader":""})");
    EXPECT_EQ(list("limit=1").body, R"({"items":[{"id":1,"text":"first","version":1}],"reader":""})");
    EXPECT_EQ(list("limit=11").status, 422);
    EXPECT_EQ(list("unknown=1").status, 422);
    EXPECT_EQ(server.ask({.path = "/notes/2"}).body, R"({"id":2,"text":"second","version":1})");
    EXPECT_EQ(server.ask({.path = "/notes/3"}).status, 404);
    // An invalid id in a path does not exist: 404.
    for (const std::string id : {"x", "0", "1000001", "1e0", "1%20"}) {
        EXPECT_EQ(server.ask({.path = "/notes/" + id}).status, 404) << id;
    }
}

TEST_F(EndpointTest, PassesTheCallerIfSignedIn) {
    EXPECT_EQ(field(server.ask({.path = "/notes"}), "reader"), "");
    EXPECT_EQ(field(server.ask({.path = "/notes", .token = "user"}), "reader"), server.tokens.callers["user"].id.str());
    server.write(R"({"text":"hers"})", {}, "other");
    EXPECT_EQ(server.ask({.path = "/notes/mine", .token = "user"}).body, R"({"items":[],"reader":"en"})");
}

TEST_F(EndpointTest, TagsTheBodyIfTheViewHasNoVersion) {
    const std::string before(server.ask({.path = "/notes/mine", .token = "user"}).header("ETag"));
    EXPECT_EQ(before.size(), 18U);
    EXPECT_EQ(server.ask({.path = "/notes/mine", .token = "user"}).header("ETag"), before);
    server.write(R"({"text":"more"})");
    EXPECT_NE(server.ask({.path = "/notes/mine", .token = "user"}).header("ETag"), before);
    EXPECT_EQ(server.ask({.path = "/notes"}).header("ETag"), "");
}

TEST_F(EndpointTest, EditsNeedTheCurrentVersion) {
    server.write(R"({"text":"old"})");
    EXPECT_EQ(field(patch("/notes/1", ""), "code"), "precondition_required");
    EXPECT_EQ(patch("/notes/1", "").status, 428);
    for (const std::string stale : {"\"2\"", "\"0\"", "\"x\"", "\"\"", "x", "\"0\",\"2\"", "99999999999999999999"}) {
        EXPECT_EQ(patch("/notes/1", stale).status, 412) << stale;
    }
    const http::Response edited = patch("/notes/1", "\"1\"");
    EXPECT_EQ(edited.status, 200);
    EXPECT_EQ(edited.header("ETag"), etag_of(2, edited.body));
    EXPECT_EQ(patch("/notes/1", "W/\"2\"").status, 412) << "a weak tag never matches";
    EXPECT_EQ(patch("/notes/1", "\"2-gzip\"").status, 200) << "the tag of the compressed answer";
    EXPECT_EQ(patch("/notes/1", "*").status, 200);
    EXPECT_EQ(patch("/notes/1", "\"1\"").status, 412);
    EXPECT_EQ(patch("/notes/1", "\"4\", \"9\", \"1\"").status, 200) << "any of them may be the row's";
    EXPECT_EQ(patch("/notes/1", "\"4\", \"9\", \"1\"").status, 412);
}

struct Farewell {
    std::optional<Text<20>> words;
};
BOOST_DESCRIBE_STRUCT(Farewell, (), (words))

TEST_F(EndpointTest, AnActionWhoseMembersMayAllBeAbsentMayLackItsBody) {
    const auto forbid_words = [](const Farewell& farewell) -> Task<Result<Nothing>> {
        if (farewell.words) co_return fail(Code::forbidden);
        co_return Nothing{};
    };
    server.endpoints.post("/leave", "Leave").body<Farewell>().handle(forbid_words);
    server.endpoints.patch("/leave", "Leave otherwise").body<Farewell>().handle(forbid_words);
    const auto ask = [&](Method method, std::string body, std::string type) {
        return server
            .ask({.method = method,
                  .path = "/leave",
                  .body = std::move(body),
                  .headers = {{"Content-Type", std::move(type)}}})
            .status;
    };
    EXPECT_EQ(ask(Method::post, "", ""), 204);
    EXPECT_EQ(ask(Method::post, " \r\n", "text/plain"), 204);
    EXPECT_EQ(ask(Method::post, "{}", json), 204);
    EXPECT_EQ(ask(Method::post, R"({"words":"bye"})", json), 403);
    EXPECT_EQ(ask(Method::post, R"({"words":"bye"})", "text/plain"), 415);
    EXPECT_EQ(ask(Method::post, R"({"word":"bye"})", json), 422);
    EXPECT_EQ(ask(Method::patch, "", ""), 415) << "an edit says what it changes";
}

TEST_F(EndpointTest, ActionsAcceptNothingOrAnEmptyObject) {
    server.write(R"({"text":"a"})");
    EXPECT_EQ(archive("[]").status, 422);
    EXPECT_EQ(archive(R"({"why":"x"})").status, 422);
    EXPECT_EQ(archive("{").status, 400);
    EXPECT_EQ(archive("{}", "text/plain").status, 415);
    EXPECT_EQ(server.notes(), 1);
    const http::Response done = archive(" { } ");
    EXPECT_EQ(done.status, 204);
    EXPECT_EQ(done.body, "");
    EXPECT_EQ(server.notes(), 0);
    EXPECT_EQ(archive("", "").status, 404);
    EXPECT_EQ(archive(" \r\n").status, 404);
}

TEST_F(EndpointTest, ARefusalRollsBack) {
    const http::Response refused = server.write(R"({"text":"refuse"})");
    EXPECT_EQ(refused.status, 409);
    EXPECT_EQ(field(refused, "code"), "trip_full");
    EXPECT_EQ(field(refused, "request_id"), "request-1");
    EXPECT_EQ(server.notes(), 0);
}

TEST_F(EndpointTest, ARefusalThatKeepsItsEffectsCommits) {
    EXPECT_EQ(server.write(R"({"text":"keep"})").status, 422);
    EXPECT_EQ(server.notes(), 1);
    EXPECT_EQ(server.write(R"({"text":"keep"})", "k").status, 422);
    EXPECT_EQ(server.notes(), 2);
}

TEST_F(EndpointTest, BreakageRollsBackAndPropagates) {
    EXPECT_THROW(server.write(R"({"text":"throw"})"), std::runtime_error);
    EXPECT_EQ(server.notes(), 0);
    EXPECT_EQ(server.commits, 0);
    EXPECT_EQ(server.database.db().status().active, 0U) << "the connection was returned";
}

struct LineOfNote {
    testing::NoteId note, line;
};
BOOST_DESCRIBE_STRUCT(LineOfNote, (), (note, line))

struct LineView {
    std::int64_t note, line;
};
BOOST_DESCRIBE_STRUCT(LineView, (), (note, line))

TEST_F(EndpointTest, SeveralPathParametersAreReadIntoOneStruct) {
    server.endpoints.put("/notes/{note}/lines/{line}", "Replace a line")
        .path<LineOfNote>()
        .returns<LineView>()
        .handle([](const LineOfNote& at) -> Task<Result<LineView>> { co_return LineView{at.note, at.line}; });
    const auto put = [&](std::string path) {
        return server.ask({.method = http::Method::put, .path = std::move(path)});
    };
    EXPECT_EQ(put("/notes/7/lines/2").body, R"({"note":7,"line":2})");
    EXPECT_EQ(put("/notes/7/lines/0").status, 404);
    EXPECT_EQ(put("/notes/x/lines/2").status, 404);
    const std::string& parameters = server.endpoints.operations().back().path_parameters;
    EXPECT_TRUE(parameters.contains(R"("name":"note","in":"path","required":true)")) << parameters;
    EXPECT_TRUE(parameters.contains(R"("name":"line","in":"path","required":true)")) << parameters;
}

TEST_F(EndpointTest, DeclarationsAreCheckedWhenTheRouteIsAdded) {
    const auto nothing = [](const Caller&) -> Task<Result<Nothing>> { co_return Nothing{}; };
    const auto open = [](db::Transaction&) -> Task<Result<Nothing>> { co_return Nothing{}; };
    const auto add = [&](std::string path) { return server.endpoints.post(std::move(path), "Bad"); };
    EXPECT_THROW(add("/bad/{id}").path<testing::NoteId>("di").handle(nothing), std::logic_error);
    EXPECT_THROW(add("/bad/{id}").handle(nothing), std::logic_error);
    EXPECT_THROW(add("/bad").path<testing::NoteId>("id").handle(nothing), std::logic_error);
    EXPECT_THROW(add("/bad/{note}").path<LineOfNote>().handle(nothing), std::logic_error);
    EXPECT_THROW(add("/bad/{note}/{line}").path<testing::NoteId>("note").handle(nothing), std::logic_error);
    EXPECT_THROW(add("/bad").idempotent().handle(nothing), std::logic_error) << "no transaction to store the key in";
    EXPECT_THROW(add("/bad").idempotent().handle(open), std::logic_error) << "no user to own the key";
    EXPECT_NO_THROW(add("/good").handle(nothing));
}

}  // namespace
}  // namespace safargo::api
