#include "adapters/sandbox/fault_routes.hpp"

#include "testing/test_database.hpp"

#include <gtest/gtest.h>

namespace safargo::sandbox {
namespace {

using testing::run;

class FaultRoutesTest : public ::testing::Test {
protected:
    FaultRoutesTest() { add_fault_routes(router_, provider_); }

    http::Response send(http::Method method, std::string body = {}, std::string host = "localhost:3000") {
        const http::Match match = router_.match(method, "/dev/sandbox/faults");
        http::Request request;
        request.method = method;
        request.body = std::move(body);
        request.headers.emplace_back("Host", std::move(host));
        return run(match.route->handler(request));
    }

private:
    testing::TestDatabase database_;
    SystemClock clock_;
    SandboxProvider provider_{database_.db(), clock_};
    http::Router router_;
};

TEST_F(FaultRoutesTest, AddListAndClear) {
    const std::string fault = R"({"operation":"hold","outcome":"lost_answer","remaining":2})";
    const http::Response added = send(http::Method::post, fault);
    EXPECT_EQ(added.status, 201);
    EXPECT_EQ(added.body, fault);
    EXPECT_EQ(send(http::Method::get).body, R"({"items":[)" + fault + "]}");
    EXPECT_EQ(send(http::Method::delete_).status, 204);
    EXPECT_EQ(send(http::Method::get).body, R"({"items":[]})");
}

TEST_F(FaultRoutesTest, AnswerOnlyTheMachinesOwnHostNames) {
    const std::string fault = R"({"operation":"hold","outcome":"declined","remaining":1})";
    for (const auto method : {http::Method::post, http::Method::get, http::Method::delete_}) {
        EXPECT_EQ(send(method, fault, "evil.example").status, 403);
    }
    EXPECT_EQ(send(http::Method::get).body, R"({"items":[]})");
}

TEST_F(FaultRoutesTest, RefuseUnknownValues) {
    EXPECT_EQ(send(http::Method::post, "").status, 400);
    for (const char* body :
         {R"({"operation":"steal","outcome":"declined","remaining":1})",
          R"({"operation":"hold","outcome":"maybe","remaining":1})",
          R"({"operation":"hold","outcome":"declined","remaining":0})", R"({"operation":"hold","outcome":"declined"})",
          R"({"operation":"hold","outcome":"declined","remaining":1,"more":1})"}) {
        EXPECT_EQ(send(http::Method::post, body).status, 422) << body;
    }
    EXPECT_EQ(send(http::Method::get).body, R"({"items":[]})");
}

}  // namespace
}  // namespace safargo::sandbox
