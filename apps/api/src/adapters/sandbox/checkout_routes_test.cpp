#include "adapters/sandbox/checkout_routes.hpp"

#include "testing/test_database.hpp"

#include <gtest/gtest.h>

namespace safargo::sandbox {
namespace {

using testing::run;

class CheckoutRoutesTest : public ::testing::Test {
protected:
    CheckoutRoutesTest() {
        add_checkout_routes(router_, provider_);
        run(provider_.add_fault({Operation::hold, FaultOutcome::needs_action, Bounded<1, 1000>::from(1).value()}));
        run(provider_.open("open", {.name = {.payment = "p1"}, .method = "sandbox", .amount = {1575}}));
        run(provider_.hold("hold", {.payment = "p1"}));
    }

    http::Response send(http::Method method, const std::string& reference, std::string body = {},
                        std::string host = "localhost:3000") {
        http::Request request;
        request.method = method;
        request.path = "/dev/sandbox/checkouts/" + reference;
        request.body = std::move(body);
        request.headers.emplace_back("Host", std::move(host));
        http::Match match = router_.match(method, request.path);
        request.params = match.params;
        return run(match.route->handler(request));
    }

private:
    testing::TestDatabase database_;
    SystemClock clock_;
    SandboxProvider provider_{database_.db(), clock_};
    http::Router router_;
};

TEST_F(CheckoutRoutesTest, TheCustomerPaysOnce) {
    EXPECT_EQ(send(http::Method::get, "p1").body, R"({"reference":"p1","status":"waiting","amount":1575})");
    const http::Response paid = send(http::Method::post, "p1", R"({"act":"pay"})");
    EXPECT_EQ(paid.status, 200);
    EXPECT_EQ(paid.body, R"({"reference":"p1","status":"held","amount":1575})");
    EXPECT_EQ(send(http::Method::post, "p1", R"({"act":"refuse"})").status, 409);
    EXPECT_EQ(send(http::Method::get, "p1").body, paid.body);
}

TEST_F(CheckoutRoutesTest, TheCustomerRefuses) {
    EXPECT_EQ(send(http::Method::post, "p1", R"({"act":"refuse"})").body,
              R"({"reference":"p1","status":"declined","amount":1575})");
}

TEST_F(CheckoutRoutesTest, RefuseWhatIsUnknownAndForeignHosts) {
    EXPECT_EQ(send(http::Method::get, "p2").status, 404);
    EXPECT_EQ(send(http::Method::post, "p2", R"({"act":"pay"})").status, 404);
    EXPECT_EQ(send(http::Method::post, "p1", R"({"act":"steal"})").status, 422);
    EXPECT_EQ(send(http::Method::post, "p1", "").status, 400);
    EXPECT_EQ(send(http::Method::post, "p1", R"({"act":"pay"})", "evil.example").status, 403);
    EXPECT_EQ(send(http::Method::get, "p1").body, R"({"reference":"p1","status":"waiting","amount":1575})");
}

}  // namespace
}  // namespace safargo::sandbox
