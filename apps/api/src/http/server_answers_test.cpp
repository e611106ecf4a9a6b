// Headers of every response, and those that depend on the request.
#include "core/metrics.hpp"
#include "http/sample_server_test.hpp"

#include <gmock/gmock.h>

namespace safargo::http::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TEST(Answers, SecurityHeadersAppearOnceEverywhere) {
    const SampleServer sample;
    for (const std::string& request :
         {get("/hello"), get("/nowhere"), get("/fail/x"), get("/gone"), std::string("broken\r\n\r\n"),
          std::string("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n")}) {
        const Answer answer = sample.ask(request);
        EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
        EXPECT_EQ(answer.header("X-Frame-Options"), "DENY");
        EXPECT_EQ(answer.header("Cache-Control"), "no-store");
        for (const char* name : {"Referrer-Policy", "Strict-Transport-Security", "Content-Security-Policy",
                                 "Cross-Origin-Resource-Policy", "X-Request-Id", "Vary", "Date"}) {
            EXPECT_EQ(answer.count(name), 1U) << name << " of " << request;
        }
    }
}

TEST(Answers, AHandlersPolicyReplacesTheDefault) {
    const SampleServer sample;
    const Answer answer = sample.ask(get("/page"));
    EXPECT_EQ(answer.count("Content-Security-Policy"), 1U);
    EXPECT_EQ(answer.header("Content-Security-Policy"), "default-src 'self'");
    EXPECT_EQ(answer.count("Cache-Control"), 1U);
    EXPECT_EQ(answer.header("Cache-Control"), "public, max-age=60");
    EXPECT_EQ(answer.header("Vary"), "Accept-Encoding, Accept-Language, Authorization, Origin, Cookie");
}

TEST(Answers, AHeaderThatWouldSplitTheResponseIsAnError) {
    const SampleServer sample;
    const Answer answer = sample.ask(get("/splitting"));
    EXPECT_EQ(answer.status, 500);
    EXPECT_EQ(answer.header("Set-Cookie"), "");
}

TEST(Answers, RequestIdIsEchoedWhenWellFormed) {
    const SampleServer sample;
    EXPECT_EQ(sample.ask(get("/hello", "X-Request-Id: abc-1.2_3\r\n")).header("X-Request-Id"), "abc-1.2_3");
    const Answer made = sample.ask(get("/hello", "X-Request-Id: not well formed\r\n"));
    EXPECT_EQ(made.header("X-Request-Id").size(), 32U);
    EXPECT_NE(sample.ask(get("/hello")).header("X-Request-Id"), made.header("X-Request-Id"));
}

TEST(Answers, TheContextIdentifiesTheCaller) {
    const SampleServer sample({.trusted_proxies = {"127.0.0.0/8"}});
    const Answer answer = sample.ask(get("/context",
                                         "X-Request-Id: r1\r\nUser-Agent: test/1\r\nAccept-Language: ar\r\n"
                                         "X-Forwarded-For: 1.1.1.1, 203.0.113.9\r\n"
                                         "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\n"));
    EXPECT_EQ(answer.body, "r1|4bf92f3577b34da6a3ce929d0e0e4736|203.0.113.9|ar|test/1|in time");
    const SampleServer open;
    EXPECT_THAT(open.ask(get("/context", "X-Forwarded-For: 203.0.113.9\r\n")).body, HasSubstr("|127.0.0.1|fr||"));
}

TEST(Answers, NothingIsKeptOfThePreviousRequest) {
    const SampleServer sample;
    Client client = sample.connect();
    client.ask(get("/context", "X-Request-Id: r1\r\nUser-Agent: first\r\nAccept-Language: ar\r\n"));
    EXPECT_THAT(client.ask(get("/context")).body,
                Not(::testing::AnyOf(HasSubstr("first"), HasSubstr("|ar|"), StartsWith("r1"))));
    EXPECT_EQ(client.ask("HEAD /hello HTTP/1.1\r\nHost: x\r\n\r\n").status, 200);
    EXPECT_THAT(client.ask("broken\r\n\r\n").body, HasSubstr("malformed_request"))
        << "has a body, although HEAD came before";
}

TEST(Answers, LargeTextIsCompressedIfAccepted) {
    const SampleServer sample;
    const Answer packed = sample.ask(get("/sized/1001", "Accept-Encoding: gzip\r\n"));
    EXPECT_EQ(packed.header("Content-Encoding"), "gzip");
    EXPECT_LT(packed.body.size(), 100U);
    EXPECT_THAT(packed.body, StartsWith("\x1f\x8b"));
    for (const char* path : {"/sized/1000", "/picture"}) {
        EXPECT_EQ(sample.ask(get(path, "Accept-Encoding: gzip\r\n")).header("Content-Encoding"), "") << path;
    }
    EXPECT_EQ(sample.ask(get("/sized/1001")).body.size(), 1'001U);
    EXPECT_EQ(sample.ask(get("/sized/1001", "Accept-Encoding: gzip;q=0\r\n")).body.size(), 1'001U);
    const Answer head = sample.ask("HEAD /sized/1001 HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n");
    EXPECT_EQ(head.header("Content-Length"), packed.header("Content-Length"));
}

TEST(Answers, WhatWasCompressedBeforehandIsSentAsItIs) {
    const SampleServer sample;
    const Answer packed = sample.ask(get("/packed", "Accept-Encoding: gzip\r\n"));
    EXPECT_EQ(packed.header("Content-Encoding"), "gzip");
    EXPECT_EQ(packed.body, "packed beforehand");
    EXPECT_EQ(packed.header("ETag"), "\"v1-gzip\"");
    EXPECT_EQ(sample.ask(get("/packed")).body.size(), 2'000U);
    EXPECT_EQ(sample.ask(get("/packed", "Accept-Encoding: gzip\r\nIf-None-Match: \"v1\"\r\n")).status, 304);
}

TEST(Answers, UnchangedContentIsNotSentAgain) {
    const SampleServer sample;
    Client client = sample.connect();
    EXPECT_EQ(client.ask(get("/tagged")).header("ETag"), "\"v1\"");
    EXPECT_EQ(client.ask(get("/tagged", "Accept-Encoding: gzip\r\n")).header("ETag"), "\"v1-gzip\"");
    for (const char* lines :
         {"If-None-Match: \"v1\"\r\n", "If-None-Match: W/\"v1\"\r\nAccept-Encoding: gzip\r\n",
          "If-None-Match: \"v1-gzip\"\r\n", "If-None-Match: \"v1-gzip\"\r\nAccept-Encoding: gzip\r\n",
          "If-None-Match: \"v0\", \"v1\"\r\n", "If-None-Match: *\r\n",
          "If-None-Match: \"v0\"\r\nIf-None-Match: \"v1\"\r\n"}) {
        const Answer answer = client.ask(get("/tagged", lines));
        EXPECT_EQ(answer.status, 304) << lines;
        EXPECT_THAT(std::string(answer.header("ETag")), ::testing::StartsWith("\"v1"));
        EXPECT_EQ(answer.header("Content-Length"), "");
        EXPECT_EQ(answer.header("Content-Encoding"), "");
    }
    EXPECT_EQ(client.ask(get("/tagged", "If-None-Match: \"v2\"\r\n")).body.size(), 20'000U);
    EXPECT_EQ(client.ask("HEAD /tagged HTTP/1.1\r\nHost: x\r\nIf-None-Match: \"v1\"\r\n\r\n").status, 304);
}

TEST(Answers, TaggedResponsesMayBeCachedButMustBeRevalidated) {
    const SampleServer sample;
    const Answer everybodys = sample.ask(get("/tagged"));
    EXPECT_EQ(everybodys.header("Cache-Control"), "public, no-cache");
    EXPECT_THAT(std::string(everybodys.header("Vary")), HasSubstr("Accept-Language, Authorization"));
    const Answer own = sample.ask(get("/tagged", "Authorization: Bearer x\r\n"));
    EXPECT_EQ(own.header("Cache-Control"), "private, no-cache");
    const Answer unchanged = sample.ask(get("/tagged", "If-None-Match: \"v1\"\r\n"));
    EXPECT_EQ(unchanged.status, 304);
    EXPECT_EQ(unchanged.header("Cache-Control"), "public, no-cache");
    EXPECT_EQ(sample.ask(get("/hello")).header("Cache-Control"), "no-store");
}

TEST(Answers, ListedOriginsMayReadResponses) {
    const SampleServer sample({.cors_origins = {"https://safargo.com"}});
    const Answer listed = sample.ask(get("/hello", "Origin: https://safargo.com\r\n"));
    EXPECT_EQ(listed.header("Access-Control-Allow-Origin"), "https://safargo.com");
    EXPECT_THAT(std::string(listed.header("Access-Control-Expose-Headers")), HasSubstr("X-Request-Id"));
    EXPECT_THAT(std::string(listed.header("Vary")), HasSubstr("Origin"));
    EXPECT_EQ(sample.ask(get("/nowhere", "Origin: https://safargo.com\r\n")).count("Access-Control-Allow-Origin"), 1U);
    EXPECT_EQ(sample.ask(get("/hello", "Origin: https://evil.example\r\n")).count("Access-Control-Allow-Origin"), 0U);

    const Answer preflight = sample.ask(
        "OPTIONS /echo HTTP/1.1\r\nHost: x\r\nOrigin: https://safargo.com\r\nAccess-Control-Request-Method: "
        "POST\r\n\r\n");
    EXPECT_EQ(preflight.status, 204);
    EXPECT_EQ(preflight.header("Access-Control-Allow-Methods"), "POST, OPTIONS");
    EXPECT_EQ(preflight.header("Access-Control-Allow-Origin"), "https://safargo.com");
}

TEST(Answers, BreakageIsReportedWithoutDetail) {
    const SampleServer sample;
    const Answer dependency = sample.ask(get("/fail/dependency"));
    EXPECT_EQ(dependency.status, 503);
    EXPECT_EQ(dependency.header("Retry-After"), "1");
    EXPECT_THAT(dependency.body, HasSubstr("dependency_unavailable"));
    EXPECT_EQ(sample.ask(get("/fail/deadline")).status, 504);
    for (const char* path : {"/fail/int", "/fail/other"}) {
        const Answer answer = sample.ask(get(path, "X-Request-Id: find-me\r\n"));
        EXPECT_EQ(answer.status, 500);
        EXPECT_THAT(answer.body, HasSubstr(R"("request_id":"find-me")"));
        EXPECT_THAT(answer.body, Not(HasSubstr("secret")));
        EXPECT_FALSE(answer.closes()) << "one broken request does not cost the connection";
    }
}

TEST(Answers, AreCountedByRoute) {
    const SampleServer sample;
    sample.ask(get("/trips/personal-id?and=query"));
    sample.ask("PATCH /trips/1 HTTP/1.1\r\nHost: x\r\n\r\n");
    sample.ask("BREW / HTTP/1.1\r\nHost: x\r\n\r\n");
    const std::string text = metrics::render();
    for (const char* line :
         {R"(safargo_http_requests_total{method="GET",route="/trips/{id}",status="200"})",
          R"(safargo_http_requests_total{method="PATCH",route="unmatched",status="405"})",
          R"(safargo_http_requests_total{method="other",route="unmatched",status="501"})",
          R"(safargo_http_request_duration_seconds_count{route="/trips/{id}"})", "safargo_http_connections "}) {
        EXPECT_NE(text.find(line), std::string::npos) << line;
    }
    EXPECT_EQ(text.find("personal-id"), std::string::npos);
}

}  // namespace
}  // namespace safargo::http::testing
