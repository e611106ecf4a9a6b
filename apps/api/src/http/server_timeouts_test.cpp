// Slow clients and slow handlers. The timeouts are short; the tests wait for their effects.
#include "http/sample_server_test.hpp"

#include <gmock/gmock.h>

#include <sys/socket.h>

namespace safargo::http::testing {
namespace {

using ::testing::HasSubstr;
using namespace std::chrono_literals;

TEST(Timeouts, AnIdleConnectionIsClosedSilently) {
    const SampleServer sample({.timeouts = {.idle = 50ms}});
    Client fresh = sample.connect();
    EXPECT_TRUE(fresh.closed());
    Client used = sample.connect();
    used.ask(get("/hello"));
    EXPECT_TRUE(used.closed());
    sample.wait_for_connections(0);
}

TEST(Timeouts, AHeaderThatNeverEndsIs408) {
    const SampleServer sample({.timeouts = {.header = 50ms}});
    Client client = sample.connect();
    client.send("GET /hello HTTP/1.1\r\nHost: x\r\nX-Slow: ");
    const Answer answer = client.read();
    EXPECT_EQ(answer.status, 408);
    EXPECT_THAT(answer.body, HasSubstr("request_timeout"));
    EXPECT_TRUE(client.closed());
}

TEST(Timeouts, DrippingBytesDoNotExtendTheTimeout) {
    const SampleServer sample({.timeouts = {.header = 100ms}});
    Client client = sample.connect();
    const auto began = std::chrono::steady_clock::now();
    while (client.try_send("X") && std::chrono::steady_clock::now() - began < 20s) std::this_thread::sleep_for(2ms);
    EXPECT_LT(std::chrono::steady_clock::now() - began, 10s);
    sample.wait_for_connections(0);
}

TEST(Timeouts, EmptyLinesStartTheHeaderTimeout) {
    const SampleServer sample({.timeouts = {.header = 50ms}});
    Client client = sample.connect();
    client.send("\r\n");
    EXPECT_EQ(client.read().status, 408);
}

TEST(Timeouts, ABodyThatNeverEndsIs408) {
    const SampleServer sample({.timeouts = {.body = 50ms}});
    Client client = sample.connect();
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf");
    EXPECT_EQ(client.read().status, 408);
    EXPECT_TRUE(client.closed());
}

TEST(Timeouts, ASlowHandlerIsCancelled) {
    SampleServer sample({.timeouts = {.handler = 50ms}});
    Client client = sample.connect();
    client.send(get("/held", "X-Request-Id: slow-1\r\n"));
    const Answer answer = client.read();
    EXPECT_EQ(answer.status, 504);
    EXPECT_THAT(answer.body, HasSubstr(R"("code":"timeout")"));
    EXPECT_THAT(answer.body, HasSubstr("slow-1"));
    EXPECT_TRUE(answer.closes());
    EXPECT_TRUE(client.closed());
    sample.wait_for_connections(0);
    EXPECT_FALSE(sample.gate->is_open()) << "the gate was not opened";
}

// A 504 must mean that nothing was done.
TEST(Timeouts, ACommitInProgressIsAnsweredAlthoughLate) {
    SampleServer sample({.timeouts = {.handler = 50ms}});
    const Answer answer = sample.ask(get("/committing"));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "\"committed\"");
}

TEST(Timeouts, AHandlerThatIgnoresItsCancellationIsAnsweredFor) {
    SampleServer sample({.timeouts = {.handler = 50ms, .unwind = 50ms}});
    Client client = sample.connect();
    client.send(get("/stubborn", "X-Request-Id: slow-2\r\n"));
    const Answer answer = client.read();
    EXPECT_EQ(answer.status, 504);
    EXPECT_THAT(answer.body, HasSubstr("slow-2"));
    EXPECT_TRUE(client.closed()) << "the handler's own response is dropped";
    EXPECT_EQ(sample.server.connections(), 1U);
    sample.gate->open();
    sample.wait_for_connections(0);
}

TEST(Timeouts, AClientThatStopsReadingIsCutOff) {
    const SampleServer sample({.timeouts = {.write = 50ms}});
    Client client = sample.connect();
    client.send(get("/sized/50000000"));
    sample.wait_for_connections(1);
    sample.wait_for_connections(0);
}

TEST(Timeouts, AClientThatDisconnectsIsForgotten) {
    const SampleServer sample;
    {
        Client client = sample.connect();
        client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf");
        Client header = sample.connect();
        header.send("GET /he");
        header.finish_sending();
        EXPECT_TRUE(header.closed());
    }
    sample.wait_for_connections(0);
}

}  // namespace
}  // namespace safargo::http::testing
