// Servers that break off, lie, send too much or nothing.
#include "net/hostile_server_test.hpp"
#include "net/outcome_test.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <chrono>

namespace safargo::net {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using namespace std::chrono_literals;

std::string gzip(const std::string& text) {
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::string packed(deflateBound(&stream, text.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

class BrokenAnswers : public ::testing::Test {
protected:
    // After one request, on every connection.
    std::string answered(const std::string& bytes) { return played({Read{}, Send{bytes}}); }
    std::string played(const Script& script) {
        server.play({script});
        // Each by itself: five in a row would open the circuit.
        Client client(testing::shared_context()->get_executor(), {.patience = 10s, .attempts = 1});
        Request request = server.get();
        request.max_answer = 100'000;
        return outcome(client, request);
    }

    HostileServer server;
};

TEST_F(BrokenAnswers, ATruncatedBodyIsNoAnswer) {
    EXPECT_EQ(answered("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello"), "interrupted");
    EXPECT_EQ(answered("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"), "interrupted");
    EXPECT_EQ(answered("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhello"), "interrupted");
    const std::string packed = gzip("hello");
    for (std::size_t size = 1; size < packed.size(); ++size) {
        EXPECT_EQ(answered(answer(packed.substr(0, size), "200 OK", "Content-Encoding: gzip\r\n")), "interrupted");
    }
}

TEST_F(BrokenAnswers, ATruncatedHeaderIsNoAnswer) {
    EXPECT_EQ(answered(""), "interrupted");
    EXPECT_EQ(answered("HTTP/1.1"), "interrupted");
    EXPECT_EQ(answered("HTTP/1.1 200 OK\r\nContent-Le"), "interrupted");
    EXPECT_EQ(answered("HTTP/1.1 100 Continue\r\n\r\n"), "interrupted");
}

TEST_F(BrokenAnswers, WhatIsNotHttpIsNoAnswer) {
    EXPECT_EQ(answered("SSH-2.0-OpenSSH_9.2\r\n"), "interrupted");
    EXPECT_EQ(answered("<html>hello</html>"), "interrupted");
    EXPECT_EQ(answered("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\nhello\r\n"), "interrupted");
    EXPECT_EQ(answered(std::string("HTTP/1.1 200 OK\r\nA: \0\r\n\r\n", 26)), "interrupted");
    EXPECT_EQ(answered("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello"), "interrupted");
    EXPECT_EQ(answered(answer("not gzip", "200 OK", "Content-Encoding: gzip\r\n")), "interrupted");
    EXPECT_EQ(answered(answer(gzip("hello") + "x", "200 OK", "Content-Encoding: gzip\r\n")), "interrupted");
    EXPECT_EQ(played({Read{}, Send{"HTTP/1.1 101 Switching Protocols\r\n\r\n"}}), "interrupted");
}

TEST_F(BrokenAnswers, AResetIsNoAnswer) {
    EXPECT_EQ(played({Read{}, Reset{}}), "interrupted");
    EXPECT_EQ(played({Read{}, Send{"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello"}, Reset{}}), "interrupted");
}

TEST_F(BrokenAnswers, AnAnswerThatStopsOrDripsIsLate) {
    const std::string endless = "HTTP/1.1 200 OK\r\nX: " + std::string(60'000, 'x');
    for (const Script& script : {Script{Hold{}},
                                 {Read{}, Hold{}},
                                 {Read{}, Send{"HTTP/1.1 200 OK\r\n"}, Hold{}},
                                 {Read{}, Send{"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello"}, Hold{}},
                                 {Read{}, Drip{endless}}}) {
        server.play({script});
        Client client(testing::shared_context()->get_executor(), {.patience = 200ms});
        const auto began = std::chrono::steady_clock::now();
        EXPECT_EQ(outcome(client, server.get()), "late");
        const auto took = std::chrono::steady_clock::now() - began;
        EXPECT_GE(took, 200ms);
        EXPECT_LT(took, 2s);
    }
}

TEST_F(BrokenAnswers, AShorterLengthThanTheBodyDoesNotPoisonTheNextAnswer) {
    const std::string smuggled = answer("poison");
    server.play(
        {{Read{}, Send{answer("hello") + smuggled}, Read{}, Send{answer("second")}}, {Read{}, Send{answer("new")}}});
    Client client(testing::shared_context()->get_executor(), {});
    EXPECT_EQ(testing::run(client.send(server.get())).body, "hello");
    EXPECT_EQ(testing::run(client.send(server.get())).body, "new");
    EXPECT_EQ(server.connections(), 2U);
}

TEST_F(BrokenAnswers, ABodyIsLimitedHoweverItIsFramed) {
    const std::string most(100'000, 'x');
    EXPECT_EQ(answered(answer(most)), "200");
    EXPECT_EQ(answered(answer(most + "x")), "too_large");
    EXPECT_EQ(answered("HTTP/1.1 200 OK\r\n\r\n" + most), "200");
    EXPECT_EQ(answered("HTTP/1.1 200 OK\r\n\r\n" + most + "x"), "too_large");
    EXPECT_EQ(answered("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n186A1\r\n" + most + "x\r\n0\r\n\r\n"),
              "too_large");
}

// What is announced too large is not read.
TEST_F(BrokenAnswers, ALargeLengthIsRefusedBeforeTheBody) {
    EXPECT_EQ(played({Read{}, Send{"HTTP/1.1 200 OK\r\nContent-Length: 100001\r\n\r\n"}, Hold{}}), "too_large");
    EXPECT_EQ(played({Read{}, Send{"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999\r\n\r\n"}, Hold{}}),
              "too_large");
}

TEST_F(BrokenAnswers, ADecompressionBombIsLimited) {
    const std::string header = "Content-Encoding: gzip\r\n";
    EXPECT_EQ(answered(answer(gzip(std::string(100'000, 'x')), "200 OK", header)), "200");
    EXPECT_EQ(answered(answer(gzip(std::string(100'001, 'x')), "200 OK", header)), "too_large");
    const std::string bomb = gzip(std::string(64 * 1024 * 1024, '\0'));
    EXPECT_LT(bomb.size(), 100'000U);
    EXPECT_EQ(answered(answer(bomb, "200 OK", header)), "too_large");
    EXPECT_EQ(answered(answer(gzip(bomb), "200 OK", "Content-Encoding: gzip, gzip\r\n")), "unreadable");
    EXPECT_EQ(answered(answer(gzip(bomb), "200 OK", header + header)), "unreadable");
}

TEST_F(BrokenAnswers, OtherEncodingsAreRefused) {
    for (const std::string encoding : {"br", "zstd", "deflate", "compress"}) {
        EXPECT_EQ(answered(answer("hello", "200 OK", "Content-Encoding: " + encoding + "\r\n")), "unreadable");
    }
}

TEST_F(BrokenAnswers, AHeaderIsLimited) {
    std::string many;
    for (int i = 0; i < 300; ++i) many += "A: b\r\n";
    EXPECT_EQ(answered(answer("", "200 OK", many)), "too_large");
    EXPECT_EQ(answered("HTTP/1.1 200 OK\r\nA: " + std::string(70'000, 'x') + "\r\n"), "too_large");
    EXPECT_EQ(answered("HTTP/1.1 200 OK\r\nA: " + std::string(200'000, 'x')), "interrupted") << "refused by libcurl";
    std::string interim;
    for (int i = 0; i < 5'000; ++i) interim += "HTTP/1.1 100 Continue\r\n\r\n";
    EXPECT_EQ(answered(interim + answer("hello")), "too_large");
}

TEST_F(BrokenAnswers, GoodAnswersOfManyShapesPass) {
    EXPECT_EQ(answered("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + answer("hello")), "200");
    EXPECT_EQ(answered("HTTP/1.1 204 No Content\r\n\r\n"), "204");
    EXPECT_EQ(answered("HTTP/1.1 304 Not Modified\r\n\r\n"), "304");
    EXPECT_EQ(answered("HTTP/1.1 304 Not Modified\r\nContent-Encoding: gzip\r\nContent-Length: 999999\r\n\r\n"), "304");
    EXPECT_EQ(answered("HTTP/1.0 200 OK\r\n\r\nhello"), "200");
    EXPECT_EQ(answered("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nTrailer: x\r\n\r\n"),
              "200");
    EXPECT_EQ(answered(answer("", "599 Odd")), "599");
}

TEST_F(BrokenAnswers, AGoodBodyIsDecodedHoweverItArrives) {
    std::string text;
    for (int i = 0; i < 9'000; ++i) text += std::to_string(i);
    const std::string packed = gzip(text);
    server.play({{Read{}, Drip{answer(gzip("hello"), "200 OK", "Content-Encoding: gzip\r\n")}, Read{},
                  Send{answer(packed, "200 OK", "content-encoding: GZIP\r\n")}}});
    Client client(testing::shared_context()->get_executor(), {});
    EXPECT_EQ(testing::run(client.send(server.get())).body, "hello");
    EXPECT_EQ(testing::run(client.send(server.get())).body, text);
    EXPECT_EQ(server.connections(), 1U);
}

TEST_F(BrokenAnswers, AHeadMayAnnounceAnything) {
    server.play(
        {{Read{}, Send{"HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\nContent-Encoding: br\r\n\r\n"}, Again{}}});
    Client client(testing::shared_context()->get_executor(), {});
    Request request = server.get();
    request.method = "HEAD";
    for (int i = 0; i < 2; ++i) {
        const Response response = testing::run(client.send(request));
        EXPECT_EQ(response.header("content-length"), "9999999");
        EXPECT_EQ(response.body, "");
    }
    EXPECT_EQ(server.connections(), 1U);
}

TEST_F(BrokenAnswers, ARedirectIsAnAnswer) {
    HostileServer elsewhere;
    EXPECT_EQ(answered(answer("", "302 Found", "Location: " + elsewhere.url() + "\r\n")), "302");
    EXPECT_EQ(answered(answer("", "307 Temporary Redirect", "Location: " + elsewhere.url() + "\r\n")), "307");
    EXPECT_EQ(elsewhere.connections(), 0U);
}

TEST_F(BrokenAnswers, CookiesAreNotKept) {
    server.play({{Read{}, Send{answer("hello", "200 OK", "Set-Cookie: a=b; Path=/\r\n")}, Again{}}});
    Client client(testing::shared_context()->get_executor(), {});
    for (int i = 0; i < 2; ++i) EXPECT_EQ(outcome(client, server.get()), "200");
    EXPECT_THAT(server.requests().at(1), Not(HasSubstr("Cookie")));
}

}  // namespace
}  // namespace safargo::net
