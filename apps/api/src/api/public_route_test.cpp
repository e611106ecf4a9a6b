#include "api/public_route.hpp"
#include "api/notebook_world_test.hpp"
#include "core/failures.hpp"

#include <gtest/gtest.h>

namespace safargo::api {
namespace {

Task<http::Response> greet(http::Request&) {
    co_return http::Response{.body = "hello"};
}

// Cannot decide: the database is down.
struct Unreachable final : Authenticator {
    Task<Result<Caller>> authenticate(std::string) override {
        throw DependencyUnavailable("database", "away");
        co_return fail(Code::internal_error);
    }
};

int ask(const http::Handler& handler, std::string authorization) {
    http::Request request;
    if (!authorization.empty()) request.headers.emplace_back("Authorization", std::move(authorization));
    return ::safargo::testing::run(handler(request)).status;
}

TEST(PublicRoute, RefusesOnlyInvalidTokens) {
    testing::NotebookServer server;
    const http::Handler handler = token_gate(server.runtime)(greet);
    EXPECT_EQ(ask(handler, ""), 200);
    EXPECT_EQ(ask(handler, "Bearer user"), 200);
    EXPECT_EQ(ask(handler, "Bearer suspended"), 200) << "may read";
    for (const char* bad : {"Bearer unknown", "Bearer", "Bearer ", "Basic user", "user"}) {
        EXPECT_EQ(ask(handler, bad), 401) << bad;
    }
}

TEST(PublicRoute, WorksWhileNoTokenCanBeChecked) {
    testing::NotebookServer server;
    Unreachable nobody;
    Runtime away{
        .database = server.database.db(), .authenticator = nobody, .limiter = server.limiter, .clock = server.clock};
    const http::Handler handler = token_gate(away)(greet);
    EXPECT_EQ(ask(handler, "Bearer user"), 200);
    EXPECT_EQ(ask(handler, "Basic user"), 401) << "anything but a bearer token is invalid anyway";
}

}  // namespace
}  // namespace safargo::api
