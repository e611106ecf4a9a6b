// HTTP/1.1 conformance on a real socket.
#include "http/sample_server_test.hpp"

#include <gmock/gmock.h>

namespace safargo::http::testing {
namespace {

using ::testing::HasSubstr;

TEST(Protocol, AConnectionServesManyRequests) {
    const SampleServer sample;
    Client client = sample.connect();
    for (int i = 0; i < 3; ++i) {
        const Answer answer = client.ask(get("/hello"));
        EXPECT_EQ(answer.version, "HTTP/1.1");
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.reason, "OK");
        EXPECT_EQ(answer.body, R"({"hello":true})");
        EXPECT_EQ(answer.header("Content-Type"), "application/json");
        EXPECT_EQ(answer.header("Connection"), "");
        EXPECT_THAT(std::string(answer.header("Date")), ::testing::EndsWith(" GMT"));
    }
    EXPECT_EQ(sample.server.connections(), 1U);
}

TEST(Protocol, PipelinedRequestsAreAnsweredInOrder) {
    const SampleServer sample;
    Client client = sample.connect();
    std::string burst;
    for (int i = 0; i < 50; ++i) {
        burst += i % 2 == 0 ? get("/trips/" + std::to_string(i)) : post("/echo", "body " + std::to_string(i));
    }
    client.send(burst);
    for (int i = 0; i < 50; ++i) {
        EXPECT_EQ(client.read().body, i % 2 == 0 ? std::to_string(i) + "?" : "body " + std::to_string(i));
    }
}

TEST(Protocol, RequestsMayArriveByteByByte) {
    const SampleServer sample;
    Client client = sample.connect();
    for (const char c : post("/echo", "slowly")) client.send({&c, 1});
    EXPECT_EQ(client.read().body, "slowly");
}

TEST(Protocol, CloseIsHonoured) {
    const SampleServer sample;
    Client client = sample.connect();
    EXPECT_TRUE(client.ask(get("/hello", "Connection: close\r\n")).closes());
    EXPECT_TRUE(client.closed());
    sample.wait_for_connections(0);
}

TEST(Protocol, Http10ClosesByDefault) {
    const SampleServer sample;
    Client closing = sample.connect();
    EXPECT_TRUE(closing.ask("GET /hello HTTP/1.0\r\n\r\n").closes());
    EXPECT_TRUE(closing.closed());
    Client kept = sample.connect();
    for (int i = 0; i < 2; ++i) {
        EXPECT_EQ(kept.ask("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").header("Connection"), "keep-alive");
    }
}

TEST(Protocol, ChunkedBodiesAreRead) {
    const SampleServer sample;
    const Answer answer = sample.ask(
        "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
    EXPECT_EQ(answer.status, 201);
    EXPECT_EQ(answer.body, "abcde");
}

TEST(Protocol, AnEndlessTrailerIsCutOff) {
    const SampleServer sample;
    Client client = sample.connect();
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: " +
                std::string(30'000, 'a'));
    EXPECT_EQ(client.read().status, 400);
}

TEST(Protocol, ContinueIsSentBeforeTheBody) {
    const SampleServer sample;
    Client client = sample.connect();
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.read().status, 100);
    EXPECT_EQ(client.ask("body").body, "body");
    EXPECT_EQ(client.ask(get("/hello")).status, 200);
}

TEST(Protocol, ContinueIsNotSentToRefusedRequests) {
    const SampleServer sample;
    Client client = sample.connect();
    const Answer answer =
        client.ask("PUT /small HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(answer.status, 413);
    EXPECT_TRUE(answer.closes());
}

TEST(Protocol, HeadHasTheLengthAndNoBody) {
    const SampleServer sample;
    Client client = sample.connect();
    const Answer head = client.ask("HEAD /hello HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.header("Content-Length"), "14");
    EXPECT_EQ(client.ask(get("/hello")).body.size(), 14U) << "the connection has no leftover bytes";
}

TEST(Protocol, NoContentHasNeitherLengthNorType) {
    const SampleServer sample;
    Client client = sample.connect();
    const Answer answer = client.ask(get("/gone"));
    EXPECT_EQ(answer.status, 204);
    EXPECT_EQ(answer.header("Content-Length"), "");
    EXPECT_EQ(answer.header("Content-Type"), "");
    EXPECT_EQ(client.ask(get("/hello")).status, 200);
}

TEST(Protocol, OptionsListTheAllowedMethods) {
    const SampleServer sample;
    const Answer path = sample.ask("OPTIONS /hello HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(path.status, 204);
    EXPECT_EQ(path.header("Allow"), "GET, HEAD, OPTIONS");
    EXPECT_EQ(sample.ask("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n").status, 204);
    EXPECT_EQ(sample.ask("OPTIONS /nowhere HTTP/1.1\r\nHost: x\r\n\r\n").status, 404);
}

TEST(Protocol, WrongMethodsAndPathsAreProblems) {
    const SampleServer sample;
    const Answer wrong = sample.ask("DELETE /hello HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(wrong.status, 405);
    EXPECT_EQ(wrong.header("Allow"), "GET, HEAD, OPTIONS");
    EXPECT_THAT(wrong.body, HasSubstr(R"("code":"method_not_allowed")"));
    const Answer nowhere = sample.ask(get("/nowhere", "Accept-Language: en\r\n"));
    EXPECT_EQ(nowhere.status, 404);
    EXPECT_EQ(nowhere.header("Content-Type"), "application/problem+json");
    EXPECT_EQ(nowhere.header("Content-Language"), "en");
    EXPECT_THAT(nowhere.body, HasSubstr(R"("title":"Not found")"));
    EXPECT_EQ(sample.ask(get("/trips/a%2Fb")).status, 400);
}

TEST(Protocol, UnknownMethodsAreNotImplemented) {
    const SampleServer sample;
    for (const std::string& method : {std::string("BREW"), std::string("TRACE"), std::string("PROPFIND"),
                                      std::string("get"), std::string("Get"), std::string(5'000, 'M')}) {
        for (const char* path : {"/hello", "/nowhere", "/trips/a%2Fb"}) {
            Client client = sample.connect();
            const Answer answer = client.ask(method + " " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
            EXPECT_EQ(answer.status, 501) << method;
            EXPECT_EQ(answer.reason, "Not Implemented");
            EXPECT_THAT(answer.body, HasSubstr(R"("code":"method_unknown")"));
            EXPECT_EQ(client.ask(get("/hello")).status, 200) << "the connection stays open";
        }
    }
}

TEST(Protocol, UnknownExpectationsAreRefused) {
    const SampleServer sample;
    const Answer answer =
        sample.ask("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nExpect: 100-continue, tea\r\n\r\n");
    EXPECT_EQ(answer.status, 417);
    EXPECT_EQ(answer.reason, "Expectation Failed");
    EXPECT_TRUE(answer.closes());
    Client client = sample.connect();
    client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nExpect: 100-continue, 100-Continue\r\n\r\n");
    EXPECT_EQ(client.read().status, 100);
    EXPECT_EQ(client.ask("body").body, "body");
}

// With the same fields as the response to GET.
TEST(Protocol, RefusalsOfHeadHaveNoContent) {
    const SampleServer sample;
    const std::string host = " HTTP/1.1\r\nHost: x\r\n";
    for (const std::string& rest :
         {"/nowhere" + host + "\r\n", "/echo" + host + "\r\n", "/trips/a%2Fb" + host + "\r\n",
          "/fail/int" + host + "\r\n", "/hello" + host + "Host: y\r\n\r\n", "/hello" + host + "Expect: tea\r\n\r\n",
          "/" + std::string(20'000, 'a') + host + "\r\n",
          "/hello" + host + "X: " + std::string(30'000, 'a') + "\r\n\r\n", std::string("/hello HTTP/9.9\r\n\r\n")}) {
        const Answer whole = sample.ask("GET " + rest);
        Client client = sample.connect();
        client.send("HEAD " + rest);
        const Answer head = client.read(true);
        EXPECT_GE(head.status, 400);
        EXPECT_EQ(head.status, whole.status) << rest.substr(0, 40);
        EXPECT_EQ(head.header("Content-Type"), "application/problem+json");
        EXPECT_EQ(head.header("Content-Length"), whole.header("Content-Length")) << rest.substr(0, 40);
        EXPECT_EQ(head.header("Allow"), whole.header("Allow"));
        client.finish_sending();
        EXPECT_EQ(client.read_to_end(), "") << rest.substr(0, 40);
    }
}

TEST(Protocol, ParametersAndQueriesReachTheHandler) {
    const SampleServer sample;
    EXPECT_EQ(sample.ask(get("/trips/a%20b?q=%31&r")).body, "a b?q=%31&r");
}

}  // namespace
}  // namespace safargo::http::testing
