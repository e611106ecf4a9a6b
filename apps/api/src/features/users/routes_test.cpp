#include "features/users/routes.hpp"

#include "features/users/users_world_test.hpp"

#include <gmock/gmock.h>

namespace safargo::users {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// The token names the caller.
class KnownCallers final : public api::Authenticator {
public:
    std::vector<std::pair<std::string, Caller>> callers;
    Task<Result<Caller>> authenticate(std::string token) override {
        for (const auto& [name, caller] : callers) {
            if (name == token) co_return caller;
        }
        co_return fail(Code::unauthenticated);
    }
};

class NoLimit final : public RateLimiter {
public:
    Task<RateDecision> take_by(std::string_view, unsigned limit, std::chrono::seconds, Deadline) override {
        co_return RateDecision{.allowed = true, .limit = limit, .remaining = limit};
    }
};

class UserRoutesTest : public test::UsersWorld {
protected:
    UserRoutesTest() {
        add_routes(endpoints_, users);
        Caller suspended = amel;
        suspended.status = AccountStatus::suspended;
        callers_.callers = {{"amel", amel}, {"suspended", suspended}};
    }

    http::Response ask(http::Method method, const std::string& path, const std::string& token = "",
                       const std::string& body = "") {
        http::Request request;
        request.method = method;
        request.path = "/api/v1" + path;
        request.body = body;
        if (!token.empty()) request.headers.emplace_back("Authorization", "Bearer " + token);
        if (!body.empty()) request.headers.emplace_back("Content-Type", "application/json");
        http::Match match = router_.match(request.method, request.path);
        request.params = match.params;
        return test::run(match.route->handler(request));
    }
    int status(http::Method method, const std::string& path, const std::string& token, const std::string& body = "") {
        return ask(method, path, token, body).status;
    }

    Caller amel = add_user("Amel Haddad", "+213550000001");

private:
    KnownCallers callers_;
    NoLimit limiter_;
    api::Runtime runtime_{database.db(), callers_, limiter_, clock};
    http::Router router_;
    api::Endpoints endpoints_{router_, runtime_};
};

using enum http::Method;

TEST_F(UserRoutesTest, TheOwnProfileNeedsALogin) {
    for (const auto& [method, path] : std::vector<std::pair<http::Method, std::string>>{{get, "/users/me"},
                                                                                        {patch, "/users/me"},
                                                                                        {delete_, "/users/me"},
                                                                                        {get, "/users/me/export"},
                                                                                        {post, "/users/me/consents"}}) {
        EXPECT_EQ(status(method, path, ""), 401) << path;
        EXPECT_EQ(status(method, path, "nobody"), 401) << path;
    }
    EXPECT_THAT(ask(get, "/users/me", "amel").body, HasSubstr(R"("phone":"+213550000001")"));
}

TEST_F(UserRoutesTest, EveryoneSeesThePublicView) {
    const http::Response seen = ask(get, "/users/" + amel.id.str());
    EXPECT_EQ(seen.status, 200);
    EXPECT_THAT(seen.body, HasSubstr(R"("name":"Amel H.")"));
    for (const char* secret : {"213550000001", "Haddad", "birth", "locale", "\"role\"", "\"status\""}) {
        EXPECT_THAT(seen.body, Not(HasSubstr(secret)));
    }
    EXPECT_EQ(ask(get, "/users/" + amel.id.str(), "amel").body, seen.body);
    EXPECT_EQ(status(get, "/users/nonsense", ""), 404);
    EXPECT_EQ(status(get, "/users/" + UserId::make(clock.now()).str(), ""), 404);
    EXPECT_EQ(status(get, "/users/" + amel.id.str(), "nobody"), 401) << "a bad token is refused on a public route too";
}

TEST_F(UserRoutesTest, EditsReturnTheWholeProfileOrNameTheErrors) {
    const http::Response edited = ask(patch, "/users/me", "amel", R"({"bio":"Salut"})");
    EXPECT_EQ(edited.status, 200);
    EXPECT_EQ(edited.body, ask(get, "/users/me", "amel").body);
    const http::Response refused = ask(patch, "/users/me", "amel", R"({"phone":"+213550000009","name":null})");
    EXPECT_EQ(refused.status, 422);
    EXPECT_THAT(refused.body, HasSubstr(R"("field":"name","code":"wrong_type")"));
    EXPECT_THAT(refused.body, HasSubstr(R"("field":"phone","code":"unknown_field")"));
    EXPECT_EQ(status(patch, "/users/me", "amel", "{"), 400);
    EXPECT_EQ(status(patch, "/users/me", "amel", "[]"), 422);
    EXPECT_EQ(read("bio", amel), "Salut");
}

TEST_F(UserRoutesTest, ASuspendedAccountReadsAndDoesNotAct) {
    EXPECT_EQ(status(get, "/users/me", "suspended"), 200);
    EXPECT_EQ(status(get, "/users/me/export", "suspended"), 200);
    EXPECT_EQ(status(patch, "/users/me", "suspended", "{}"), 403);
    EXPECT_EQ(status(delete_, "/users/me", "suspended"), 403);
    EXPECT_EQ(status(post, "/users/me/consents", "suspended", R"({"kind":"terms","granted":true})"), 403);
}

TEST_F(UserRoutesTest, ConsentsAreChecked) {
    EXPECT_EQ(status(post, "/users/me/consents", "amel", R"({"kind":"terms","granted":true})"), 204);
    EXPECT_EQ(status(post, "/users/me/consents", "amel", R"({"kind":"terms"})"), 422);
    EXPECT_EQ(status(post, "/users/me/consents", "amel", R"({"kind":"","granted":true})"), 422);
    EXPECT_EQ(status(post, "/users/me/consents", "amel", R"({"kind":"terms","granted":"yes"})"), 422);
    EXPECT_EQ(read("select count(*) from consents", amel), "1");
    EXPECT_THAT(ask(get, "/users/me/export", "amel").body, HasSubstr(R"("kind": "terms", "granted": true)"));
}

TEST_F(UserRoutesTest, LeavingReturnsNoContent) {
    const http::Response gone = ask(delete_, "/users/me", "amel");
    EXPECT_EQ(gone.status, 204);
    EXPECT_EQ(gone.body, "");
    EXPECT_EQ(status(get, "/users/" + amel.id.str(), ""), 404);
}

}  // namespace
}  // namespace safargo::users
