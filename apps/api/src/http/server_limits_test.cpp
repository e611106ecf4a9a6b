// Limits on size, number and time.
#include "http/sample_server_test.hpp"

#include <gmock/gmock.h>

#include <stdexcept>

namespace safargo::http::testing {
namespace {

using ::testing::HasSubstr;
using namespace std::chrono_literals;

void expect_refused(const SampleServer& sample, const std::string& bytes, int status, const char* code) {
    Client client = sample.connect();
    client.send(bytes);
    const Answer answer = client.read();
    EXPECT_EQ(answer.status, status);
    EXPECT_EQ(answer.header("Content-Type"), "application/problem+json");
    EXPECT_THAT(answer.body, HasSubstr(code));
    EXPECT_TRUE(answer.closes());
    EXPECT_TRUE(client.closed());
}

TEST(Limits, OversizedRequestsGetAProblemAndCloseTheConnection) {
    const SampleServer sample;
    expect_refused(sample, "PUT /small HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\n12345678901", 413,
                   "payload_too_large");
    expect_refused(sample,
                   "PUT /small HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n12345678901\r\n0\r\n\r\n",
                   413, "payload_too_large");
    expect_refused(sample, get("/" + std::string(9'000, 'a')), 414, "uri_too_long");
    expect_refused(sample, "GET /" + std::string(30'000, 'a'), 414, "uri_too_long");
    expect_refused(sample, get("/hello", "X: " + std::string(17'000, 'a') + "\r\n"), 431, "headers_too_large");
    expect_refused(sample, "GET / HTTP/1.1\r\n\r\n", 400, "malformed_request");
    expect_refused(sample, "\x16\x03\x01\x02\x01 hello over TLS\r\n\r\n", 400, "malformed_request");
}

TEST(Limits, TheLargestAllowedBodyIsAccepted) {
    const SampleServer sample;
    EXPECT_EQ(sample.ask("PUT /small HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n1234567890").status, 201);
    const std::string body(std::size_t{64} * 1024, 'b');
    EXPECT_EQ(sample.ask(post("/echo", body)).body, body);
    EXPECT_EQ(sample.ask(post("/echo", body + "b")).status, 413);
}

TEST(Limits, AnEarlyResponseIsReadableDuringTheUpload) {
    const SampleServer sample;
    Client client = sample.connect();
    const std::string body(std::size_t{512} * 1024, 'b');
    client.send("POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n");
    client.send(body);
    const Answer answer = client.read();
    EXPECT_EQ(answer.status, 404);
    EXPECT_TRUE(answer.closes());
}

TEST(Limits, RequestsAreCountedByAddress) {
    SampleServer sample({.rate_limit_per_ip = 2});
    Client client = sample.connect();
    const Answer first = client.ask(get("/hello"));
    EXPECT_EQ(first.header("RateLimit-Limit"), "2");
    EXPECT_EQ(first.header("RateLimit-Remaining"), "1");
    EXPECT_EQ(first.header("RateLimit-Reset"), "60");
    EXPECT_EQ(client.ask(get("/nowhere")).header("RateLimit-Remaining"), "0") << "unknown paths count too";
    const Answer refused = client.ask(get("/hello"));
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.header("Retry-After"), "60");
    EXPECT_EQ(refused.header("RateLimit-Remaining"), "0");
    EXPECT_THAT(refused.body, HasSubstr("rate_limited"));
    const Answer health = client.ask(get("/health"));
    EXPECT_EQ(health.status, 200);
    EXPECT_EQ(health.header("RateLimit-Limit"), "");
    EXPECT_EQ(sample.limiter.used("ip:127.0.0.1"), 2U);
}

TEST(Limits, PreflightsAndInvalidRequestsAreCounted) {
    const SampleServer sample({.rate_limit_per_ip = 2});
    const Answer options = sample.ask("OPTIONS /hello HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(options.status, 204);
    EXPECT_EQ(options.header("RateLimit-Remaining"), "1");
    EXPECT_EQ(sample.ask("nonsense\r\n\r\n").status, 400);
    const Answer refused = sample.ask("nonsense\r\n\r\n");
    EXPECT_EQ(refused.status, 429);
    EXPECT_TRUE(refused.closes());
    EXPECT_EQ(sample.ask("OPTIONS /hello HTTP/1.1\r\nHost: x\r\n\r\n").status, 429);
}

TEST(Limits, TheTighterOfTwoLimitsIsAnnounced) {
    const SampleServer sample({.rate_limit_per_ip = 5});
    const Answer roomy = sample.ask(get("/user/200"));
    EXPECT_EQ(roomy.header("RateLimit-Limit"), "5");
    EXPECT_EQ(roomy.header("RateLimit-Remaining"), "4");
    const Answer tight = sample.ask(get("/user/2"));
    EXPECT_EQ(tight.header("RateLimit-Limit"), "300");
    EXPECT_EQ(tight.header("RateLimit-Remaining"), "2");
    EXPECT_EQ(tight.header("RateLimit-Reset"), "7");
    sample.ask(get("/hello"));
    sample.ask(get("/hello"));
    EXPECT_EQ(sample.ask(get("/user/0")).header("RateLimit-Limit"), "300") << "the limit that refused";
    EXPECT_EQ(sample.ask(get("/user/0")).header("RateLimit-Limit"), "5");
}

TEST(Limits, BehindAProxyTheClientIsCounted) {
    const SampleServer sample({.trusted_proxies = {"127.0.0.1"}, .rate_limit_per_ip = 1});
    EXPECT_EQ(sample.ask(get("/hello", "X-Forwarded-For: 203.0.113.1\r\n")).status, 200);
    EXPECT_EQ(sample.ask(get("/hello", "X-Forwarded-For: 203.0.113.2\r\n")).status, 200);
    EXPECT_EQ(sample.ask(get("/hello", "X-Forwarded-For: 203.0.113.1\r\n")).status, 429);
}

TEST(Limits, InDevelopmentLoopbackIsNotLimited) {
    const SampleServer sample({.trusted_proxies = {"127.0.0.1"}, .rate_limit_per_ip = 1, .development = true});
    for (int i = 0; i < 3; ++i) EXPECT_EQ(sample.ask(get("/hello")).status, 200);
    EXPECT_EQ(sample.ask(get("/hello", "X-Forwarded-For: 203.0.113.1\r\n")).status, 200);
    EXPECT_EQ(sample.ask(get("/hello", "X-Forwarded-For: 203.0.113.1\r\n")).status, 429);
}

TEST(Limits, ABrokenLimiterFailsOpen) {
    SampleServer sample({.rate_limit_per_ip = 1});
    sample.limiter.broken = true;
    for (int i = 0; i < 3; ++i) EXPECT_EQ(sample.ask(get("/hello")).status, 200);
    sample.limiter.throws_a_number = true;
    EXPECT_EQ(sample.ask(get("/hello")).status, 200) << "for any exception";
}

TEST(Limits, InvalidOptionsStopTheStart) {
    EXPECT_THROW(SampleServer({.threads = 0}), std::invalid_argument);
    EXPECT_THROW(SampleServer({.cors_origins = {"*"}}), std::invalid_argument);
    EXPECT_THROW(SampleServer({.trusted_proxies = {"everyone"}}), std::invalid_argument);
    EXPECT_THROW(SampleServer({.bind = "nowhere"}), std::exception);
    const SampleServer first;
    EXPECT_THROW(SampleServer({.port = first.server.port()}), std::exception) << "the port is taken";
}

}  // namespace
}  // namespace safargo::http::testing
