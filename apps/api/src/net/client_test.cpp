// What is sent, and what is made of a good answer.
#include "core/failures.hpp"
#include "net/hostile_server_test.hpp"
#include "testing/run_task.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <cstdlib>
#include <stdexcept>

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

TEST_F(ClientTest, MethodsAreSentAsTheyAre) {
    for (const std::string method : {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}) {
        Request request = server.get();
        request.method = method;
        EXPECT_EQ(run(client.send(request)).body, "hello");
        EXPECT_THAT(server.requests().back(), StartsWith(method + " / HTTP/1.1\r\n"));
        const bool writes = method == "POST" || method == "PUT" || method == "PATCH";
        EXPECT_EQ(server.requests().back().contains("Content-Length: 0\r\n"), writes) << method;
        EXPECT_THAT(server.requests().back(), Not(HasSubstr("Content-Type")));
    }
}

TEST_F(ClientTest, AnyMethodMayHaveABody) {
    for (const std::string method : {"GET", "POST", "PUT", "PATCH", "DELETE"}) {
        Request request = server.post("words");
        request.method = method;
        run(client.send(request));
        EXPECT_THAT(server.requests().back(), AllOf(StartsWith(method + " / HTTP/1.1\r\n"), EndsWith("\r\n\r\nwords")));
    }
}

TEST_F(ClientTest, ALargeBodyIsSentWithoutAsking) {
    run(client.send(server.post(std::string(3'000'000, 'x'))));
    EXPECT_THAT(server.requests().back(), AllOf(HasSubstr("Content-Length: 3000000\r\n"), Not(HasSubstr("Expect")),
                                                EndsWith(std::string(100, 'x'))));
}

TEST_F(ClientTest, AnEncodingMayBeRefused) {
    Request request = server.get();
    request.headers = {{"accept-encoding", "identity"}};
    run(client.send(request));
    EXPECT_THAT(server.requests().back(), AllOf(HasSubstr("accept-encoding: identity\r\n"), Not(HasSubstr("gzip"))));
}

// It may be signed as it is.
TEST_F(ClientTest, ThePathIsNotTidied) {
    run(client.send(server.get("/a/../b//./c%2Fd/?x=%20&y")));
    EXPECT_THAT(server.requests().back(), StartsWith("GET /a/../b//./c%2Fd/?x=%20&y HTTP/1.1\r\n"));
}

TEST_F(ClientTest, TheEnvironmentNamesNoProxy) {
    HostileServer proxy;
    for (const char* name : {"http_proxy", "https_proxy", "all_proxy", "HTTPS_PROXY", "ALL_PROXY"}) {
        ::setenv(name, proxy.url().c_str(), 1);
    }
    EXPECT_EQ(run(client.send(server.get())).body, "hello");
    for (const char* name : {"http_proxy", "https_proxy", "all_proxy", "HTTPS_PROXY", "ALL_PROXY"}) ::unsetenv(name);
    EXPECT_EQ(proxy.connections(), 0U);
}

// Connections to this port that a program which we start would inherit.
std::size_t inheritable_connections(std::uint16_t port) {
    std::size_t count = 0;
    for (int descriptor = 3; descriptor < 1'024; ++descriptor) {
        sockaddr_in peer{};
        socklen_t size = sizeof peer;
        const int flags = ::fcntl(descriptor, F_GETFD);
        if (flags < 0 || (flags & FD_CLOEXEC) != 0) continue;
        if (::getpeername(descriptor, reinterpret_cast<sockaddr*>(&peer), &size) != 0) continue;
        count += peer.sin_family == AF_INET && ntohs(peer.sin_port) == port ? 1 : 0;
    }
    return count;
}

TEST_F(ClientTest, ConnectionsAreNotInherited) {
    server.play({{Read{}, Send{answer("hello")}, Hold{}}});
    run(client.send(server.get()));
    EXPECT_EQ(server.open_connections(), 1U);
    EXPECT_EQ(inheritable_connections(server.port()), 0U);
}

TEST_F(ClientTest, WhatMustNotBeSentIsRefused) {
    Request request = server.get();
    request.headers = {{"X", "a\r\nHost: elsewhere"}};
    EXPECT_THROW(run(client.send(request)), std::invalid_argument);
    EXPECT_EQ(server.connections(), 0U);
}

}  // namespace
}  // namespace safargo::net
