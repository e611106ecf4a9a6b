#include "load/response_reader.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <vector>

namespace safargo::load {
namespace {

using State = ResponseReader::State;

struct Case {
    std::string name;
    std::string bytes;
    int status = 200;
    std::string body = {};
    bool keeps_alive = true;
};

const std::string ok_head = "HTTP/1.1 200 OK\r\n";

const std::vector<Case> good_answers{
    {"length", ok_head + "Content-Length: 5\r\n\r\nhello", 200, "hello"},
    {"nothing", ok_head + "content-length:0\r\n\r\n"},
    {"no_reason", "HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n"},
    {"no_content", "HTTP/1.1 204 No Content\r\n\r\n", 204},
    {"not_modified", "HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\n\r\n", 304},
    {"chunks", ok_head + "Transfer-Encoding: Chunked\r\n\r\n3\r\nhel\r\n2;a=b\r\nlo\r\n0\r\n\r\n", 200, "hello"},
    {"trailers", ok_head + "Transfer-Encoding: chunked\r\n\r\nA\r\n0123456789\r\n0\r\nETag: x\r\n\r\n", 200,
     "0123456789"},
    {"closing", ok_head + "Connection: x, Close\r\nContent-Length: 2\r\n\r\nhi", 200, "hi", false},
    {"http_1_0", "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi", 200, "hi", false},
    {"http_1_0_alive", "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nhi", 200, "hi"},
    {"announced", "HTTP/1.1 103 Early\r\nLink: x\r\n\r\n" + ok_head + "Content-Length: 2\r\n\r\nhi", 200, "hi"},
    {"length_twice_the_same", ok_head + "Content-Length: 2\r\nContent-Length: 2\r\n\r\nhi", 200, "hi"},
    {"refusal", "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno", 404, "no"},
};

const std::vector<Case> bad_answers{
    {"garbage", "\x01\x02garbage\r\n\r\n"},
    {"another_protocol", "SSH-2.0-OpenSSH_9\r\n"},
    {"http_2", "HTTP/2 200\r\n"},
    {"status_short", "HTTP/1.1 20\r\n"},
    {"status_letters", "HTTP/1.1 2x0 OK\r\n"},
    {"status_glued", "HTTP/1.1 200OK\r\n"},
    {"status_high", "HTTP/1.1 600 No\r\n"},
    {"status_low", "HTTP/1.1 099 No\r\n"},
    {"bare_line_feed", "HTTP/1.1 200 OK\n"},
    {"header_without_colon", ok_head + "Content-Length 5\r\n"},
    {"header_folded", ok_head + "A: b\r\n c\r\n"},
    {"blank_before_colon", ok_head + "Content-Length : 5\r\n"},
    {"length_negative", ok_head + "Content-Length: -1\r\n"},
    {"length_signed", ok_head + "Content-Length: +1\r\n"},
    {"length_list", ok_head + "Content-Length: 1, 1\r\n"},
    {"length_empty", ok_head + "Content-Length:\r\n"},
    {"length_beyond_64_bits", ok_head + "Content-Length: 18446744073709551616\r\n"},
    {"length_twice", ok_head + "Content-Length: 1\r\nContent-Length: 2\r\n"},
    {"length_and_chunks", ok_head + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"},
    {"other_encoding", ok_head + "Transfer-Encoding: gzip, chunked\r\n"},
    {"switching", "HTTP/1.1 101 Switching\r\n\r\n"},
    {"chunk_size_letters", ok_head + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n"},
    {"chunk_size_empty", ok_head + "Transfer-Encoding: chunked\r\n\r\n\r\n"},
    {"chunk_size_huge", ok_head + "Transfer-Encoding: chunked\r\n\r\n11111111111111111\r\n"},
    {"chunk_too_long", ok_head + "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n"},
    {"without_length", ok_head + "\r\nuntil the end"},
    {"more_than_asked", ok_head + "Content-Length: 2\r\n\r\nhix"},
    {"head_without_end", ok_head + std::string(ResponseReader::max_head, 'a')},
    {"chunk_line_without_end", ok_head + "Transfer-Encoding: chunked\r\n\r\n1;" + std::string(2'000, 'a')},
};

State feed_in_pieces(ResponseReader& reader, std::string_view bytes, std::size_t size) {
    for (std::size_t begin = 0; begin < bytes.size(); begin += size) reader.feed(bytes.substr(begin, size));
    return reader.state();
}

TEST(ResponseReader, ReadsAGoodAnswerHoweverItIsCutAndNotBeforeItsLastByte) {
    ResponseReader reader;
    for (const auto& [name, bytes, status, body, keeps_alive] : good_answers) {
        SCOPED_TRACE(name);
        for (const std::size_t size : {1UZ, 2UZ, 3UZ, 7UZ, 64UZ, 100'000UZ}) {
            reader.begin();
            ASSERT_EQ(feed_in_pieces(reader, bytes, size), State::complete) << "in pieces of " << size;
            EXPECT_EQ(reader.status(), status);
            EXPECT_EQ(reader.body_start(), body);
            EXPECT_EQ(reader.keeps_alive(), keeps_alive);
        }
        reader.begin();
        EXPECT_EQ(reader.feed(std::string_view(bytes).substr(0, bytes.size() - 1)), State::reading);
    }
}

TEST(ResponseReader, RefusesABadAnswerHoweverItIsCutAndReadsTheNextAfresh) {
    ResponseReader reader;
    for (const auto& answer : bad_answers) {
        for (const std::size_t size : {1UZ, 3UZ, 100'000UZ}) {
            reader.begin();
            EXPECT_EQ(feed_in_pieces(reader, answer.bytes, size), State::failed) << answer.name << " by " << size;
        }
        reader.begin();
        EXPECT_EQ(reader.feed(ok_head + "Content-Length: 0\r\n\r\n"), State::complete);
    }
}

TEST(ResponseReader, OfAHugeBodyOnlyTheStartIsKept) {
    ResponseReader reader;
    reader.begin();
    constexpr std::size_t piece = 1'000'000;
    reader.feed(fmt::format("{}Content-Length: {}\r\n\r\n", ok_head, 50 * piece));
    const std::string bytes(piece, 'x');
    for (int i = 0; i < 49; ++i) ASSERT_EQ(reader.feed(bytes), State::reading);
    EXPECT_EQ(reader.feed(bytes), State::complete);
    EXPECT_EQ(reader.body_start(), std::string(ResponseReader::kept_body, 'x'));
}

TEST(ResponseReader, HeadersMayBeManyUpToALimit) {
    ResponseReader reader;
    reader.begin();
    reader.feed(ok_head);
    std::size_t fed = ok_head.size();
    const std::string header = "X-Filler: " + std::string(990, 'x') + "\r\n";
    for (; fed + header.size() + 50 < ResponseReader::max_head; fed += header.size()) reader.feed(header);
    EXPECT_EQ(reader.feed("Content-Length: 0\r\n\r\n"), State::complete);
}

}  // namespace
}  // namespace safargo::load
