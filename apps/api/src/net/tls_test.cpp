// Whom the client trusts, and what TLS failures become.
#include "net/hostile_server_test.hpp"
#include "net/outcome_test.hpp"
#include "net/trust_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <stdexcept>

namespace safargo::net {
namespace {

using namespace std::chrono_literals;

class Tls : public ::testing::Test {
protected:
    static const Authority& authority() {
        static const Authority one;
        return one;
    }
    static ClientOptions trusting() {
        return {.connect_timeout = 500ms, .patience = 10s, .attempts = 1, .ca_file = authority().file()};
    }
    static std::string asked(const HostileServer& server, const ClientOptions& options = trusting()) {
        Client client(testing::shared_context()->get_executor(), options);
        return outcome(client, server.get());
    }
    static std::string asked(const Flaws& flaws) {
        const Identity identity = authority().issue(flaws);
        const HostileServer server(&identity);
        const std::string result = asked(server);
        EXPECT_TRUE(server.requests().empty() || result == "200");
        return result;
    }

    const Identity identity = authority().issue();
    HostileServer server{&identity};
};

TEST_F(Tls, AnAuthorityOfTheFileIsTrusted) {
    EXPECT_EQ(asked(server), "200");
}

TEST_F(Tls, OthersAreNot) {
    ClientOptions options = trusting();
    options.ca_file.clear();
    EXPECT_EQ(asked(server, options), "untrusted");
    const Authority other("another authority");
    options.ca_file = other.file();
    EXPECT_EQ(asked(server, options), "untrusted");
    EXPECT_TRUE(server.requests().empty());
}

// libcurl calls the wrong signature a failed handshake and not a refused certificate; either way nothing is sent.
TEST_F(Tls, AnAuthorityIsMoreThanItsName) {
    const Authority forged;
    ClientOptions options = trusting();
    options.ca_file = forged.file();
    EXPECT_THAT(asked(server, options), ::testing::AnyOf("untrusted", "unreachable"));
    EXPECT_TRUE(server.requests().empty());
}

TEST_F(Tls, TheSystemsAuthoritiesStayTrusted) {
    const char* const before = std::getenv("SSL_CERT_FILE");
    const std::string kept = before == nullptr ? "" : before;
    ::setenv("SSL_CERT_FILE", authority().file().c_str(), 1);
    const Authority other;  // its file has not been read yet, and with it the system's
    ClientOptions options = trusting();
    options.ca_file = other.file();
    const std::string result = asked(server, options);
    before == nullptr ? ::unsetenv("SSL_CERT_FILE") : ::setenv("SSL_CERT_FILE", kept.c_str(), 1);
    EXPECT_EQ(result, "200");
}

TEST_F(Tls, ACertificateMustBeRight) {
    EXPECT_EQ(asked(Flaws{}), "200");
    EXPECT_EQ(asked(Flaws{.self_signed = true}), "untrusted");
    EXPECT_EQ(asked(Flaws{.ends_in = -60}), "untrusted") << "expired";
    EXPECT_EQ(asked(Flaws{.begins_in = 600}), "untrusted") << "not yet valid";
    EXPECT_EQ(asked(Flaws{.alternative_name = "DNS:localhost"}), "untrusted") << "another name";
    EXPECT_EQ(asked(Flaws{.alternative_name = "IP:127.0.0.2"}), "untrusted") << "another address";
}

TEST_F(Tls, ARefusedCertificateIsNotTriedAgain) {
    ClientOptions options = trusting();
    options.ca_file.clear();
    options.attempts = 3;
    EXPECT_EQ(asked(server, options), "untrusted");
    EXPECT_EQ(server.connections(), 1U);
}

TEST_F(Tls, AFileWithoutCertificatesIsRefusedAtTheStart) {
    EXPECT_THROW(TrustStore("/nowhere/ca.pem"), std::invalid_argument);
    EXPECT_THROW(TrustStore("/dev/null"), std::invalid_argument);
    EXPECT_THROW(TrustStore::of("/dev/null"), std::invalid_argument);
    EXPECT_THROW(TrustStore::of("/dev/null"), std::invalid_argument);
}

TEST_F(Tls, PlainTextOnItsPortIsNoConnection) {
    HostileServer plain;
    Request request = plain.get();
    request.url.replace(0, 4, "https");
    Client client(testing::shared_context()->get_executor(), trusting());
    plain.play({{Send{"HTTP/1.1 400 Bad Request\r\n\r\n"}}});
    EXPECT_EQ(outcome(client, request), "unreachable");
    plain.play({{Send{"220 mail.example.org ESMTP\r\n"}, Hold{}}});
    EXPECT_EQ(outcome(client, request), "unreachable");
    plain.play({{Reset{}}});
    EXPECT_EQ(outcome(client, request), "unreachable");
}

TEST_F(Tls, AHandshakeThatHangsIsLimitedAsConnectingIs) {
    HostileServer plain;
    Request request = plain.get();
    request.url.replace(0, 4, "https");
    plain.play({{Hold{}}});
    Client client(testing::shared_context()->get_executor(), trusting());
    const auto began = std::chrono::steady_clock::now();
    EXPECT_EQ(outcome(client, request), "unreachable");
    EXPECT_LT(std::chrono::steady_clock::now() - began, 3s);
}

TEST_F(Tls, AClearRequestToATlsPortIsNoAnswer) {
    Request request = server.get();
    request.url.replace(0, 5, "http");
    Client client(testing::shared_context()->get_executor(), trusting());
    EXPECT_EQ(outcome(client, request), "interrupted");
}

// Whoever sits between could cut an answer that says neither its length nor its chunks, even down to nothing.
TEST_F(Tls, TheEndOfTheConnectionIsNoEnd) {
    for (const std::string open_ended :
         {"HTTP/1.1 200 OK\r\n\r\nhello", "HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.0 200 OK\r\n\r\nhello",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\nhello",
          "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\nhello"}) {
        server.play({{Read{}, Send{open_ended}, Close{}}});
        EXPECT_EQ(asked(server), "interrupted") << open_ended;
        server.play({{Read{}, Send{open_ended}, Cut{}}});
        EXPECT_EQ(asked(server), "interrupted") << open_ended;
    }
}

TEST_F(Tls, AnAnswerThatSaysItsEndIsWhole) {
    for (const std::string whole :
         {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"}) {
        server.play({{Read{}, Send{whole}, Close{}}});
        EXPECT_EQ(asked(server), "200") << whole;
    }
    server.play({{Read{}, Send{"HTTP/1.1 204 No Content\r\n\r\n"}, Close{}}});
    EXPECT_EQ(asked(server), "204");
}

TEST_F(Tls, AServerThatLeavesDuringAnUploadDoesNotEndTheProcess) {
    server.play({{Reset{}}});
    Client client(testing::shared_context()->get_executor(), trusting());
    Request request = server.get();
    request.method = "PUT";
    request.body.assign(4'000'000, 'x');
    EXPECT_THAT(outcome(client, request), ::testing::AnyOf("interrupted", "unreachable"));
}

}  // namespace
}  // namespace safargo::net
