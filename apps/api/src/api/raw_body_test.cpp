// Routes whose handler reads the body by itself.
#include "api/notebook_world_test.hpp"

#include <gtest/gtest.h>

namespace safargo::api {
namespace {

using http::Method;

struct Echo {
    std::string body, signature;
};
BOOST_DESCRIBE_STRUCT(Echo, (), (body, signature))

class RawBodyTest : public ::testing::Test {
protected:
    RawBodyTest() {
        server.endpoints.post("/hooks", "Hear a vendor")
            .describes("Says again what was said.")
            .raw_body({.type = "application/x-www-form-urlencoded",
                       .schema = R"({"type":"string"})",
                       .example = R"("a=b")",
                       .most = 10})
            .returns<Echo>()
            .handle(
                [](const http::Request& request) { return echo(request.body, std::string(request.header("x-s"))); });
    }
    static Task<Result<Echo>> echo(std::string body, std::string signature) {
        co_return Echo{std::move(body), std::move(signature)};
    }
    testing::NotebookServer server;
};

TEST_F(RawBodyTest, ItIsWhatCameByteForByteInAnyMediaType) {
    for (const char* type : {"application/x-www-form-urlencoded", "application/json", "text/plain", ""}) {
        const http::Response answer = server.ask({.method = Method::post,
                                                  .path = "/hooks",
                                                  .body = " {b: %zz}",
                                                  .headers = {{"Content-Type", type}, {"X-S", "t=1"}}});
        EXPECT_EQ(answer.status, 200) << type;
        EXPECT_EQ(answer.body, R"({"body":" {b: %zz}","signature":"t=1"})");
    }
}

TEST_F(RawBodyTest, ItIsBounded) {
    EXPECT_EQ(server.router.match(Method::post, "/api/v1/hooks").route->max_body, 10U);
    EXPECT_EQ(server.router.match(Method::post, "/api/v1/notes").route->max_body, 65'536U);
}

TEST_F(RawBodyTest, AWrongTokenIsRefusedThereToo) {
    EXPECT_EQ(server.ask({.method = Method::post, .path = "/hooks", .body = "x", .token = "nobody"}).status, 401);
}

}  // namespace
}  // namespace safargo::api
