#include "http/request_reader.hpp"

#include <gmock/gmock.h>

namespace safargo::http {
namespace {

using testing::ElementsAre;
using testing::Pair;
using State = RequestReader::State;

constexpr ReadLimits limits{.header_bytes = 1'024, .target = 128};

struct Reading {
    Request request;
    RequestReader reader{limits};
    std::string rest;

    explicit Reading(std::string bytes, std::size_t piece = std::string::npos, std::size_t max_body = 100) {
        reader.begin(request);
        std::string pending;
        while (!bytes.empty()) {
            pending += bytes.substr(0, piece);
            bytes.erase(0, piece);
            pending.erase(0, reader.feed(pending));
            if (reader.state() == State::header_done) {
                reader.accept_body(max_body);
                pending.erase(0, reader.feed(pending));
            }
        }
        rest = pending;
    }
    State state() const { return reader.state(); }
};

TEST(RequestReader, TheResultDoesNotDependOnPieceSizes) {
    const std::string bytes =
        "POST /trips?a=1 HTTP/1.1\r\nHost: x\r\nContent-Type:  application/json \r\nTransfer-Encoding: chunked\r\n\r\n"
        "5;name=value\r\nhello\r\n6\r\n world\r\n0\r\nX-Trailer: no\r\n\r\nNEXT";
    for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
        Reading reading(bytes, piece);
        ASSERT_EQ(reading.state(), State::complete) << piece;
        EXPECT_EQ(reading.request.method, Method::post);
        EXPECT_EQ(reading.request.path, "/trips");
        EXPECT_EQ(reading.request.query, "a=1");
        EXPECT_EQ(reading.request.body, "hello world");
        EXPECT_THAT(reading.request.headers, ElementsAre(Pair("Host", "x"), Pair("Content-Type", "application/json"),
                                                         Pair("Transfer-Encoding", "chunked")))
            << "trailers are not headers";
        EXPECT_EQ(reading.rest, "NEXT");
    }
}

TEST(RequestReader, AnEmptyChunkedBodyMayArriveInPieces) {
    const std::string head = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (std::size_t piece = 1; piece <= 20; ++piece) {
        Reading empty(head + "0\r\n\r\nNEXT", piece);
        EXPECT_EQ(empty.state(), State::complete) << piece;
        EXPECT_EQ(empty.request.body, "");
        EXPECT_EQ(empty.rest, "NEXT");
        EXPECT_EQ(Reading(head + "1\r\nx\r\n0\r\nX: y\r\n\r\n", piece).request.body, "x");
    }
}

TEST(RequestReader, ASecondMessageKeepsNothingOfTheFirst) {
    Request request;
    RequestReader reader(limits);
    reader.begin(request);
    reader.feed("POST /a?b HTTP/1.1\r\nHost: x\r\nX-Secret: 1\r\nContent-Length: 2\r\n\r\n");
    reader.accept_body(10);
    reader.feed("hi");
    EXPECT_EQ(reader.state(), State::complete);

    reader.begin(request);
    EXPECT_FALSE(reader.started());
    reader.feed("GET /c HTTP/1.1\r\nHost: y\r\n\r\n");
    EXPECT_EQ(reader.state(), State::header_done);
    EXPECT_FALSE(reader.has_body());
    EXPECT_THAT(request.headers, ElementsAre(Pair("Host", "y")));
    EXPECT_EQ(request.query + request.body, "");

    reader.begin(request);
    reader.feed("GET /c HTTP/1.1\r\nbad header\r\n\r\n");
    EXPECT_EQ(reader.state(), State::failed);
    EXPECT_TRUE(request.headers.empty());
}

TEST(RequestReader, ParsesTargetsInEveryForm) {
    EXPECT_EQ(Reading("GET http://h:80/p?q HTTP/1.1\r\nHost: h\r\n\r\n").request.path, "/p");
    EXPECT_EQ(Reading("GET http://h:80?q HTTP/1.1\r\nHost: h\r\n\r\n").request.path, "/");
    EXPECT_EQ(Reading("GET http://h:80?q HTTP/1.1\r\nHost: h\r\n\r\n").request.query, "q");
    EXPECT_EQ(Reading("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n").request.path, "*");
    EXPECT_EQ(Reading("\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n").state(), State::complete);
    EXPECT_EQ(Reading("BREW /pot HTTP/1.1\r\nHost: h\r\n\r\n").reader.method(), std::nullopt);
}

TEST(RequestReader, KeepAliveFollowsTheVersion) {
    EXPECT_TRUE(Reading("GET / HTTP/1.1\r\nHost: h\r\n\r\n").reader.keep_alive());
    EXPECT_FALSE(Reading("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").reader.keep_alive());
    EXPECT_FALSE(Reading("GET / HTTP/1.0\r\n\r\n").reader.keep_alive());
    EXPECT_TRUE(Reading("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n").reader.keep_alive());
    EXPECT_TRUE(Reading("GET / HTTP/1.0\r\n\r\n").reader.http_1_0());
}

TEST(RequestReader, RefusesAmbiguousMessages) {
    for (const char* bad : {
             "GET / HTTP/1.1\r\n\r\n",                                   // no Host
             "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",             // two Hosts
             "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n",                      // not a host
             "GET / HTTP/1.1\r\nHost:\r\n\r\n",                          // empty
             "GET http://h/ HTTP/1.1\r\n\r\n",                           // not even with an absolute target
             "GET http://h/ HTTP/1.1\r\nHost: a b\r\n\r\n",              //
             "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n",             //
             "GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n",                  // folded
             "GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n\tz\r\n\r\n",         //
             "GET / HTTP/1.1\r\nHost: a\r\nX:\r\n z\r\n\r\n",            //
             "GET / HTTP/1.1\r\n Host: a\r\n\r\n",                       // before the first field
             "GET / HTTP/1.1\r\nHost: a\r\n: y\r\n\r\n",                 // no field name
             "GET / HTTP/1.1\r\nHost: a\r\nX: \x7f\r\n\r\n",             //
             "GET / HTTP/1.1\r\nHost: a\r\nX: y\rz\r\n\r\n",             //
             "GET / HTTP/1.1\r\nHost: a\r\nX: y\nZ: z\r\n\r\n",          //
             "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\r\n\r\n",  //
             "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
             "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx",  // duplicate
             "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\nx",                    //
             "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\nx",                      //
             "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\nx",                      //
             "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\nx",    //
             "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
             "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n0\r\n\r\n",
             "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
             "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
             "GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
             "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",  // invalid size
             "GET / HTTP/1.1\r\nHost : a\r\n\r\n",                                         // space in the name
             "GET / HTTP/1.1\nHost: a\n\n",                                                // bare line feeds
             "GET / HTTP/1.1\r\nHost: a\r\nX: \x01\r\n\r\n",                               // control character
             "GET / HTTP/2.0\r\nHost: a\r\n\r\n",                                          //
             "GET /  HTTP/1.1\r\nHost: a\r\n\r\n",                                         //
             "GET x HTTP/1.1\r\nHost: a\r\n\r\n",                                          // not a path
             "GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n",                                       // fragment
             "GET /\xc3\xa9 HTTP/1.1\r\nHost: a\r\n\r\n",                                  // not encoded
             "GET * HTTP/1.1\r\nHost: a\r\n\r\n",                                          //
             "GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n",                                   //
             "HEAD a:443 HTTP/1.1\r\nHost: a\r\n\r\n",                                     //
             "G@T / HTTP/1.1\r\nHost: a\r\n\r\n",                                          //
             "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 TLS\r\n\r\n",                   //
         }) {
        Reading reading(bad);
        ASSERT_EQ(reading.state(), State::failed) << bad;
        EXPECT_EQ(reading.reader.failure(), Code::malformed_request) << bad;
    }
}

TEST(RequestReader, AnUnknownMethodIsReportedWhateverItsTarget) {
    for (const char* bytes : {"CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", "BREW pot HTTP/1.1\r\nHost: a\r\n\r\n",
                              "BREW * HTTP/1.1\r\nHost: a\r\n\r\n", "get x HTTP/1.1\r\nHost: a\r\n\r\n"}) {
        Reading reading(bytes);
        ASSERT_EQ(reading.state(), State::failed) << bytes;
        EXPECT_EQ(reading.reader.failure(), Code::method_unknown) << bytes;
    }
}

std::string chunked(std::string_view body) {
    return "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + std::string(body);
}

TEST(RequestReader, ChunkExtensionsContainNoControlCharacters) {
    for (int byte = 0; byte < 256; ++byte) {
        const std::string value = std::string("\"a") + static_cast<char>(byte) + "b\"";
        const bool closes = byte == '"';
        const bool sound = byte == '\t' || (byte >= 0x20 && byte != 0x7f && !closes);
        for (const std::string& body : {"1;x=" + value + "\r\ny\r\n0\r\n\r\n", "1\r\ny\r\n0;x=" + value + "\r\n\r\n"}) {
            for (const std::size_t piece : {std::string::npos, std::size_t{1}, std::size_t{7}}) {
                Reading reading(chunked(body), piece);
                EXPECT_EQ(reading.state() == State::complete, sound) << byte << " in pieces of " << piece;
                if (!sound) EXPECT_EQ(reading.reader.failure(), Code::malformed_request) << byte;
            }
        }
    }
    for (const char* body :
         {"1;x=\"a\\\nb\"\r\ny\r\n0\r\n\r\n", "1;\x01=a\r\ny\r\n0\r\n\r\n", "1;x=\ny\r\ny\r\n0\r\n\r\n",
          "1;x=\"a\r\n\"\r\ny\r\n0\r\n\r\n", "1 \r\ny\r\n0\r\n\r\n", "0x1\r\ny\r\n0\r\n\r\n", "+1\r\ny\r\n0\r\n\r\n",
          " 1\r\ny\r\n0\r\n\r\n", "1\ny\r\n0\r\n\r\n", "1\r\nyy\r\n0\r\n\r\n", "1\r\ny\n0\r\n\r\n",
          "11111111111111111\r\ny\r\n0\r\n\r\n"}) {
        EXPECT_EQ(Reading(chunked(body)).state(), State::failed) << body;
    }
}

TEST(RequestReader, ChunkExtensionsMayNotExceedTheBody) {
    std::string body;
    for (int i = 0; i < 30; ++i) body += "1;" + std::string(100, 'x') + "\r\ny\r\n";
    EXPECT_EQ(Reading(chunked(body + "0\r\n\r\n")).state(), State::failed);
}

TEST(RequestReader, ATrailerIsNotAHeader) {
    for (const char* trailer : {"Authorization: Bearer x\r\n", "Host: evil\r\n", "Host: a\r\nHost: b\r\n",
                                "Host: a b\r\n", "Expect: 100-continue\r\n", "Expect: something\r\n",
                                "Connection: close\r\n", "Idempotency-Key: k\r\nContent-Type: text/plain\r\n"}) {
        for (const std::size_t piece : {std::string::npos, std::size_t{1}}) {
            Reading reading(chunked("1\r\ny\r\n0\r\n" + std::string(trailer) + "\r\n"), piece);
            ASSERT_EQ(reading.state(), State::complete) << trailer;
            EXPECT_THAT(reading.request.headers, ElementsAre(Pair("Host", "a"), Pair("Transfer-Encoding", "chunked")));
            EXPECT_TRUE(reading.reader.keep_alive()) << trailer;
            EXPECT_FALSE(reading.reader.expects_continue());
        }
    }
    for (const char* trailer :
         {"Content-Length: 1\r\n", "Transfer-Encoding: chunked\r\n", "no colon\r\n", "X: \x01\r\n"}) {
        EXPECT_EQ(Reading(chunked("0\r\n" + std::string(trailer) + "\r\n")).state(), State::failed) << trailer;
    }
    Reading closing(
        "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
        "0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_FALSE(closing.reader.keep_alive());
}

TEST(RequestReader, TheAuthorityOfTheTargetIsTheHost) {
    const auto host_of = [](const std::string& bytes) {
        const Reading reading(bytes);
        EXPECT_EQ(reading.state(), State::complete) << bytes;
        return std::string(reading.request.header("Host"));
    };
    EXPECT_EQ(host_of("GET http://real:80/p HTTP/1.1\r\nX: y\r\nHost: other\r\n\r\n"), "real:80");
    EXPECT_EQ(host_of("GET https://real HTTP/1.0\r\n\r\n"), "real");
    EXPECT_EQ(host_of("GET / HTTP/1.1\r\nHost: real\r\n\r\n"), "real");
    EXPECT_EQ(host_of("GET / HTTP/1.0\r\n\r\n"), "");
}

TEST(RequestReader, ExpectIsAList) {
    struct Row {
        const char* lines;
        std::optional<bool> goes_on;  // none: 417
    };
    for (const Row& row : std::initializer_list<Row>{{"", false},
                                                     {"Expect: 100-continue\r\n", true},
                                                     {"Expect: 100-CONTINUE\r\n", true},
                                                     {"Expect: 100-continue, 100-continue\r\n", true},
                                                     {"Expect: ,100-continue ,\t,\r\n", true},
                                                     {"Expect: 100-continue\r\nExpect: 100-continue\r\n", true},
                                                     {"Expect:\r\n", false},
                                                     {"Expect: 200-ok\r\n", {}},
                                                     {"Expect: 100-continue, more\r\n", {}},
                                                     {"Expect: 100-continue\r\nExpect: more\r\n", {}},
                                                     {"Expect: 100-continue=1\r\n", {}},
                                                     {"Expect: \"100-continue\"\r\n", {}}}) {
        Reading reading("POST / HTTP/1.1\r\nHost: a\r\n" + std::string(row.lines) + "Content-Length: 1\r\n\r\nx");
        EXPECT_EQ(reading.state(), row.goes_on ? State::complete : State::failed) << row.lines;
        if (row.goes_on) EXPECT_EQ(reading.reader.expects_continue(), *row.goes_on) << row.lines;
        if (!row.goes_on) EXPECT_EQ(reading.reader.failure(), Code::expectation_failed) << row.lines;
    }
    Reading old("POST / HTTP/1.0\r\nExpect: 100-continue, more\r\nContent-Length: 1\r\n\r\nx");
    EXPECT_EQ(old.state(), State::complete) << "HTTP/1.0 has no expectations";
    EXPECT_FALSE(old.reader.expects_continue());
}

TEST(RequestReader, ARefusedHeadIsRecognised) {
    for (const std::string& bytes :
         {"HEAD / HTTP/1.1\r\nX: " + std::string(2'000, 'a'), "HEAD /" + std::string(2'000, 'a'),
          std::string("HEAD / HTTP/3.0\r\nHost: a\r\n\r\n"), std::string("HEAD /#a HTTP/1.1\r\nHost: a\r\n\r\n"),
          std::string("HEAD / HTTP/1.1\r\n\r\n")}) {
        for (const std::size_t piece : {std::string::npos, std::size_t{1}, std::size_t{3}}) {
            Reading reading(bytes, piece);
            ASSERT_EQ(reading.state(), State::failed);
            EXPECT_EQ(reading.request.method, Method::head) << bytes.substr(0, 30);
        }
    }
    Reading late("HEAD / HTTP/1.1\r\nHost");
    late.reader.fail(Code::request_timeout);
    EXPECT_EQ(late.request.method, Method::head);
}

TEST(RequestReader, OversizedPartsAreReported) {
    const auto failure_of = [](const std::string& bytes, std::size_t piece) {
        Reading reading(bytes, piece);
        EXPECT_EQ(reading.state(), State::failed);
        return reading.reader.failure();
    };
    std::string many = "GET / HTTP/1.1\r\nHost: a\r\n";
    for (int i = 0; i < 60; ++i) many += "X-Field: 0123456789\r\n";
    for (const std::size_t piece : {std::size_t{7}, std::size_t{100}, std::string::npos}) {
        EXPECT_EQ(failure_of("GET /" + std::string(200, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", piece),
                  Code::uri_too_long);
        EXPECT_EQ(failure_of("GET /" + std::string(2'000, 'a'), piece), Code::uri_too_long);
        EXPECT_EQ(failure_of("GET / HTTP/1.1\r\nX: " + std::string(2'000, 'a'), piece), Code::headers_too_large);
        EXPECT_EQ(failure_of(std::string(2'000, 'A'), piece), Code::method_unknown) << "longer than any of ours";
        EXPECT_EQ(failure_of(many + "\r\n", piece), Code::headers_too_large);
        EXPECT_EQ(failure_of("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 101\r\n\r\n", piece),
                  Code::payload_too_large);
        EXPECT_EQ(failure_of("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n" +
                                 std::string(64, 'x') + "\r\n40\r\n" + std::string(64, 'x') + "\r\n0\r\n\r\n",
                             piece),
                  Code::payload_too_large);
    }
}

TEST(RequestReader, AnIdleConnectionKeepsLittleMemory) {
    Reading large("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n" + std::string(60'000, 'b'),
                  std::string::npos, 64'000);
    ASSERT_EQ(large.state(), State::complete);
    RequestReader::release(large.request);
    EXPECT_LE(large.request.body.capacity(), 4'096U);
    Reading usual("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n" + std::string(50, 'b'));
    const char* storage = usual.request.body.data();
    RequestReader::release(usual.request);
    EXPECT_EQ(usual.request.body.data(), storage) << "the memory of a usual request is reused";
}

}  // namespace
}  // namespace safargo::http
