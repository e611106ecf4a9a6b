// Authorization of a request before its handler runs.
#include "api/notebook_world_test.hpp"

#include <gtest/gtest.h>

namespace safargo::api {
namespace {

using http::Method;
using testing::Ask;
using testing::field;

class AdmissionTest : public ::testing::Test {
protected:
    int status(std::string path, std::string token) {
        Ask ask = testing::NotebookServer::writing(R"({"text":"a"})", {}, std::move(token));
        ask.path = std::move(path);
        return server.ask(std::move(ask)).status;
    }
    testing::NotebookServer server;
};

TEST_F(AdmissionTest, EachRoleReachesItsRoutes) {
    struct Row {
        const char* path;
        int anyone, user, driver, moderator, admin, suspended;
    };
    const Row table[] = {{"/notes", 401, 201, 201, 201, 201, 403},
                         {"/journal", 401, 403, 201, 403, 201, 403},
                         {"/notices", 401, 403, 403, 200, 200, 403},
                         {"/laws", 401, 403, 403, 403, 200, 403},
                         {"/auth/notes", 401, 200, 200, 200, 200, 200}};
    for (const Row& row : table) {
        EXPECT_EQ(status(row.path, ""), row.anyone) << row.path;
        EXPECT_EQ(status(row.path, "user"), row.user) << row.path;
        EXPECT_EQ(status(row.path, "driver"), row.driver) << row.path;
        EXPECT_EQ(status(row.path, "moderator"), row.moderator) << row.path;
        EXPECT_EQ(status(row.path, "admin"), row.admin) << row.path;
        EXPECT_EQ(status(row.path, "suspended"), row.suspended) << row.path;
        EXPECT_EQ(status(row.path, "unknown"), 401) << row.path;
    }
}

TEST_F(AdmissionTest, GivesTheReason) {
    const auto code = [&](std::string path, std::string token) {
        Ask ask = testing::NotebookServer::writing(R"({"text":"a"})", {}, std::move(token));
        ask.path = std::move(path);
        return field(server.ask(std::move(ask)), "code");
    };
    EXPECT_EQ(code("/notes", ""), "unauthenticated");
    EXPECT_EQ(code("/notes", "suspended"), "account_suspended");
    EXPECT_EQ(code("/journal", "user"), "driver_required");
    EXPECT_EQ(code("/laws", "moderator"), "forbidden");
}

TEST_F(AdmissionTest, ASuspendedAccountMayRead) {
    EXPECT_EQ(server.ask({.path = "/notes", .token = "suspended"}).status, 200);
    EXPECT_EQ(server.ask({.path = "/notes/mine", .token = "suspended"}).status, 200);
    EXPECT_EQ(server.ask({.method = Method::head, .path = "/notes/mine", .token = "suspended"}).status, 200);
}

TEST_F(AdmissionTest, AnInvalidTokenIsRefusedOnPublicRoutesToo) {
    EXPECT_EQ(server.ask({.path = "/notes", .token = "unknown"}).status, 401);
    for (const std::string header : {"Basic dXNlcjp4", "user", "Bearer", "Bearer ", "Beareruser"}) {
        EXPECT_EQ(server.ask({.path = "/notes", .headers = {{"Authorization", header}}}).status, 401) << header;
    }
    EXPECT_EQ(server.ask({.path = "/notes", .headers = {{"authorization", "bEARER user"}}}).status, 200);
    EXPECT_EQ(server.ask({.path = "/notes", .token = "user", .headers = {{"AUTHORIZATION", "Bearer user"}}}).status,
              401)
        << "one of two tokens may come from an attacker";
}

TEST_F(AdmissionTest, AccessIsCheckedBeforeInput) {
    Ask ask = testing::NotebookServer::writing("{", {}, "");
    EXPECT_EQ(server.ask(ask).status, 401);
    ask.path = "/notes/x/archive";
    EXPECT_EQ(server.ask(ask).status, 401);
}

TEST_F(AdmissionTest, CountsPerUser) {
    server.runtime.rate_limit_per_user = 2;
    EXPECT_EQ(server.ask({.path = "/notes", .token = "user"}).status, 200);
    server.clock.advance(std::chrono::milliseconds{20'500});
    EXPECT_EQ(server.ask({.path = "/notes", .token = "user"}).status, 200);
    const http::Response refused = server.ask({.path = "/notes", .token = "user"});
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(field(refused, "code"), "rate_limited");
    EXPECT_EQ(refused.header("Retry-After"), "40");
    EXPECT_EQ(server.ask({.path = "/notes", .token = "other"}).status, 200);
    EXPECT_EQ(server.ask({.path = "/notes"}).status, 200) << "addresses are counted by the server";
    server.clock.advance(std::chrono::seconds{40});
    EXPECT_EQ(server.ask({.path = "/notes", .token = "user"}).status, 200);
}

TEST_F(AdmissionTest, ABrokenLimiterFailsOpen) {
    testing::BrokenLimiter broken;
    Runtime runtime{
        .database = server.database.db(), .authenticator = server.tokens, .limiter = broken, .clock = server.clock};
    const Operation operation{.method = Method::get, .path = "/notes", .summary = "", .tag = "notes"};
    for (const bool number : {false, true}) {
        broken.throws_a_number = number;
        http::Request request;
        request.headers.emplace_back("Authorization", "Bearer user");
        EXPECT_TRUE(::safargo::testing::run(admit(operation, runtime, request)));
        EXPECT_TRUE(request.context.caller);
    }
}

TEST_F(AdmissionTest, ReportsTheRemainingUserLimit) {
    server.runtime.rate_limit_per_user = 5;
    http::Request request;
    request.headers.emplace_back("Authorization", "Bearer user");
    const Operation operation{.method = Method::get, .path = "/notes", .summary = "", .tag = "notes"};
    ASSERT_TRUE(::safargo::testing::run(admit(operation, server.runtime, request)));
    ASSERT_TRUE(request.user_rate);
    EXPECT_EQ(request.user_rate->limit, 5U);
    EXPECT_EQ(request.user_rate->remaining, 4U);
    http::Request anonymous;
    ASSERT_TRUE(::safargo::testing::run(admit(operation, server.runtime, anonymous)));
    EXPECT_FALSE(anonymous.user_rate);
}

std::string versions(const http::Headers& headers) {
    http::Request request;
    request.headers = headers;
    const auto read = read_if_match(request);
    if (!read) return std::string(info(read.error().code).name);
    if (!read->versions) return "any";
    std::string all;
    for (const auto version : *read->versions) all += (all.empty() ? "" : " ") + std::to_string(version);
    return all;
}

// A client may hold a tag newer than the row: from before the database was restored.
TEST(IfMatchHeader, MatchesIfAnyOfItsTagsIsTheRows) {
    const IfMatch list{{{11, 12}}};
    EXPECT_TRUE(list.matches(11));
    EXPECT_TRUE(list.matches(12));
    EXPECT_FALSE(list.matches(13));
    EXPECT_TRUE(IfMatch::any().matches(13));
}

TEST(IfMatchHeader, IsAListOfTags) {
    EXPECT_EQ(versions({}), "precondition_required");
    EXPECT_EQ(versions({{"If-Match", "*"}}), "any");
    EXPECT_EQ(versions({{"If-Match", "\"12\""}}), "12");
    EXPECT_EQ(versions({{"If-Match", "\"12-gzip\""}}), "12");
    EXPECT_EQ(versions({{"If-Match", "\"12.Zm9v\""}}), "12") << "the version may have a suffix";
    EXPECT_EQ(versions({{"If-Match", "\"11\", \"12\""}}), "11 12");
    EXPECT_EQ(versions({{"if-match", "\"12\""}, {"If-Match", "\"xyz\" ,\"7\", W/\"8\""}}), "12 7");
    for (const char* header :
         {"\"abc\"", ",", "\"\"", "W/\"12\"", "w/\"12\"", "12", "\"12", "12\"", "\"-1\"", "\"1x\"", "\""}) {
        EXPECT_EQ(versions({{"If-Match", header}}), "precondition_failed") << header;
    }
}

}  // namespace
}  // namespace safargo::api
