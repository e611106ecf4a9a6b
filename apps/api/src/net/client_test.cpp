// What is sent, and what is made of a good answer.
#include "core/failures.hpp"
#include "net/hostile_server_test.hpp"
#include "testing/run_task.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace safargo::net {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::run;
using ::testing::StartsWith;

class ClientTest : public ::testing::Test {
protected:
    HostileServer server;
    Client client{testing::shared_context()->get_executor(), {}};
};

TEST_F(ClientTest, AGetIsAnswered) {
    server.play({{Read{}, Send{answer("hello", "200 OK", "X-Thing: one\r\n")}, Again{}}});
    const Response response = run(client.send(server.get("/path?query=a%20b")));
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, "hello");
    EXPECT_EQ(response.header("x-thing"), "one");
    EXPECT_THAT(server.requests().at(0), AllOf(StartsWith("GET /path?query=a%20b HTTP/1.1\r\n"),
                                               HasSubstr("Accept-Encoding: gzip\r\n"), Not(HasSubstr("Content-"))));
}

TEST_F(ClientTest, ConnectionsAreReused) {
    for (int i = 0; i < 5; ++i) EXPECT_EQ(run(client.send(server.get())).body, "hello");
    EXPECT_EQ(server.connections(), 1U);
}

TEST_F(ClientTest, HeadersAndBodyAreSentAsTheyAre) {
    Request request = server.post(R"({"a":1})");
    request.headers = {{"Content-Type", "application/json"}, {"X-Empty", ""}, {"Authorization", "Bearer x"}};
    run(client.send(request));
    EXPECT_THAT(server.requests().at(0),
                AllOf(StartsWith("POST / HTTP/1.1\r\n"), HasSubstr("Content-Type: application/json\r\n"),
                      HasSubstr("X-Empty:"), HasSubstr("Authorization: Bearer x\r\n"),
                      HasSubstr("Content-Length: 7\r\n"), EndsWith("\r\n\r\n{\"a\":1}")));
}

}  // namespace
}  // namespace safargo::net
