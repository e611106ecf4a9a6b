// No client can exhaust connections or request body memory for the others.
#include "http/sample_server_test.hpp"

#include <gmock/gmock.h>

namespace safargo::http::testing {
namespace {

using ::testing::HasSubstr;

TEST(ConnectionList, TheConnectionWaitingLongestMakesRoom) {
    const SampleServer sample({.max_connections = 3});
    Client idle = sample.connect();
    idle.ask(get("/hello"));
    Client silent = sample.connect();
    Client young = sample.connect();
    sample.wait_for_connections(3);
    EXPECT_EQ(sample.ask(get("/hello")).status, 200);
    EXPECT_TRUE(silent.closed()) << "the older of two connections without a request";
    EXPECT_EQ(young.ask(get("/hello")).status, 200);
    EXPECT_EQ(idle.ask(get("/hello")).status, 200);
}

TEST(ConnectionList, AnIdleConnectionMakesRoomWhenAllHaveSentRequests) {
    const SampleServer sample({.max_connections = 2});
    Client first = sample.connect();
    Client second = sample.connect();
    first.ask(get("/hello"));
    second.ask(get("/hello"));
    first.ask(get("/hello"));
    EXPECT_EQ(sample.ask(get("/hello")).status, 200);
    EXPECT_TRUE(second.closed());
    EXPECT_EQ(first.ask(get("/hello")).status, 200);
}

TEST(ConnectionList, AnUnfinishedRequestMakesRoom) {
    const SampleServer sample({.max_connections = 1});
    Client slow = sample.connect();
    slow.send("GET /hello HTTP/1.1\r\nHost: ");
    sample.wait_for_connections(1);
    EXPECT_EQ(sample.ask(get("/hello")).status, 200);
    slow.read_to_end();
}

TEST(ConnectionList, BusyConnectionsStayAndNewcomersAreRefused) {
    const SampleServer sample({.max_connections = 2});
    Client one = sample.connect();
    Client two = sample.connect();
    one.send(get("/held"));
    two.send(get("/held"));
    sample.gate->wait_for(2);
    Client three = sample.connect();
    const Answer refused = three.read();
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.header("Retry-After"), "1");
    EXPECT_TRUE(three.closed());
    sample.gate->open();
    EXPECT_EQ(one.read().status, 200);
    EXPECT_EQ(two.read().status, 200);
}

TEST(ConnectionList, ConnectionsPerClientAreLimited) {
    const SampleServer sample({.max_connections_per_client = 2});
    Client one = sample.connect();
    {
        const Client two = sample.connect();
        sample.wait_for_connections(2);
        Client three = sample.connect();
        const Answer refused = three.read();
        EXPECT_EQ(refused.status, 429);
        EXPECT_EQ(refused.header("Retry-After"), "1");
        EXPECT_THAT(refused.body, HasSubstr("rate_limited"));
        EXPECT_TRUE(three.closed());
    }
    sample.wait_for_connections(1);
    EXPECT_EQ(sample.ask(get("/hello")).status, 200);
    EXPECT_EQ(one.ask(get("/hello")).status, 200);
}

TEST(ConnectionList, TrustedProxiesAndDevelopersAreExempt) {
    for (const ServerOptions& options :
         {ServerOptions{.trusted_proxies = {"127.0.0.1"}, .max_connections_per_client = 1},
          ServerOptions{.max_connections_per_client = 1, .development = true}}) {
        const SampleServer sample(options);
        const Client one = sample.connect();
        sample.wait_for_connections(1);
        EXPECT_EQ(sample.ask(get("/hello")).status, 200);
    }
}

TEST(ConnectionList, TheBodiesOfAllRequestsAreLimitedTogether) {
    const SampleServer sample({.max_body_bytes = 100'000});
    const std::string body(60'000, 'b');
    {
        Client one = sample.connect();
        one.send(post("/held", body));
        sample.gate->wait_for(1);
        const Answer refused = sample.ask(post("/echo", body));
        EXPECT_EQ(refused.status, 503);
        EXPECT_EQ(refused.header("Retry-After"), "1");
        EXPECT_TRUE(refused.closes());
        EXPECT_EQ(sample.ask(post("/echo", "small")).status, 201);
        sample.gate->open();
        EXPECT_EQ(one.read().status, 200);
    }
    sample.wait_for_connections(0);
    EXPECT_EQ(sample.ask(post("/echo", body)).status, 201) << "the memory was returned";
}

TEST(ConnectionList, WithoutALoginNoBodyIsRead) {
    const SampleServer sample;
    Client client = sample.connect();
    client.send("POST /mine HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n");
    const Answer refused = client.read();
    EXPECT_EQ(refused.status, 401);
    EXPECT_EQ(refused.header("WWW-Authenticate"), "Bearer");
    EXPECT_EQ(sample.ask(post("/mine", "hello", "Authorization: Bearer x\r\n")).status, 201);
}

}  // namespace
}  // namespace safargo::http::testing
