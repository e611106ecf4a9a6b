#include "net/answer_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace safargo::net {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using Fault = AnswerReader::Fault;

TEST(AnswerReader, FieldsAreTrimmedAndKeepTheirOrder) {
    AnswerReader reader(10);
    for (const char* line : {"HTTP/1.1 200 OK\r\n", "A: one\r\n", "b:\t two  \r\n", "A:\r\n", "\r\n"}) {
        EXPECT_TRUE(reader.take_line(line));
    }
    EXPECT_THAT(reader.response().headers, ElementsAre(Pair("A", "one"), Pair("b", "two"), Pair("A", "")));
    EXPECT_EQ(reader.response().header("B"), "two");
    EXPECT_EQ(reader.response().header("a"), "one") << "the first";
    EXPECT_EQ(reader.response().header("c"), "");
}

TEST(AnswerReader, AFoldedFieldIsJoined) {
    AnswerReader reader(10);
    for (const char* line : {"HTTP/1.1 200 OK\r\n", "A: one\r\n", " two\r\n", "\tthree\r\n"}) reader.take_line(line);
    EXPECT_THAT(reader.response().headers, ElementsAre(Pair("A", "one two three")));
}

TEST(AnswerReader, LinesThatAreNoFieldsAreDropped) {
    AnswerReader reader(10);
    for (const char* line : {"HTTP/1.1 200 OK\r\n", " lost\r\n", "nothing\r\n", "", "\r\n"}) {
        EXPECT_TRUE(reader.take_line(line));
    }
    EXPECT_THAT(reader.response().headers, IsEmpty());
}

TEST(AnswerReader, InterimAnswersLeaveNothing) {
    AnswerReader reader(10);
    for (const char* line : {"HTTP/1.1 103 Early Hints\r\n", "Link: x\r\n", "Content-Encoding: gzip\r\n", "\r\n",
                             "HTTP/1.1 200 OK\r\n", "Content-Encoding: gzip\r\n", "\r\n"}) {
        EXPECT_TRUE(reader.take_line(line));
    }
    EXPECT_THAT(reader.response().headers, ElementsAre(Pair("Content-Encoding", "gzip")));
}

TEST(AnswerReader, TrailersAreDropped) {
    AnswerReader reader(10);
    reader.take_line("HTTP/1.1 200 OK\r\n");
    reader.take_body("x");
    EXPECT_TRUE(reader.take_line("HTTP/1.1 500: x\r\n"));
    EXPECT_TRUE(reader.take_line("A: one\r\n"));
    EXPECT_THAT(reader.response().headers, IsEmpty());
    EXPECT_EQ(reader.response().body, "x");
}

TEST(AnswerReader, TheBodyIsLimited) {
    AnswerReader reader(5);
    EXPECT_TRUE(reader.take_body("abc"));
    EXPECT_TRUE(reader.take_body("de"));
    EXPECT_FALSE(reader.take_body("f"));
    EXPECT_EQ(reader.fault(), Fault::too_large);
    EXPECT_EQ(reader.response().body, "abcde");
}

TEST(AnswerReader, TheHeaderIsLimitedInBytes) {
    AnswerReader reader(5);
    EXPECT_TRUE(reader.take_line("A: " + std::string(60'000, 'x') + "\r\n"));
    EXPECT_FALSE(reader.take_line("A: " + std::string(6'000, 'x') + "\r\n"));
    EXPECT_EQ(reader.fault(), Fault::too_large);
}

TEST(AnswerReader, TheHeaderIsLimitedInFields) {
    AnswerReader reader(5);
    for (int i = 0; i < 200; ++i) EXPECT_TRUE(reader.take_line("a:b\r\n"));
    EXPECT_FALSE(reader.take_line("a:b\r\n"));
    EXPECT_EQ(reader.fault(), Fault::too_large);
}

TEST(AnswerReader, InterimAnswersAndTrailersCountAsHeader) {
    AnswerReader interim(5), trailing(5);
    trailing.take_body("x");
    int interims = 0, trailers = 0;
    while (interim.take_line("HTTP/1.1 100 Continue\r\n")) ++interims;
    while (trailing.take_line("a: b\r\n")) ++trailers;
    EXPECT_EQ(interims, 65'536 / 23);
    EXPECT_EQ(trailers, 65'536 / 6);
}

TEST(AnswerReader, OnlyOneGzipIsDecoded) {
    for (const std::string good : {"gzip", "GZIP", "identity"}) {
        EXPECT_TRUE(AnswerReader(5).take_line("Content-Encoding: " + good + "\r\n")) << good;
    }
    for (const std::string bad : {"br", "zstd", "deflate", "gzip, gzip", "gzip,identity", "x", ""}) {
        AnswerReader reader(5);
        EXPECT_FALSE(reader.take_line("content-encoding: " + bad + "\r\n")) << bad;
        EXPECT_EQ(reader.fault(), Fault::unreadable);
    }
    AnswerReader twice(5);
    EXPECT_TRUE(twice.take_line("Content-Encoding: gzip\r\n"));
    EXPECT_FALSE(twice.take_line("Content-Encoding: gzip\r\n"));
}

TEST(AnswerReader, AnAnswerIsWholeOnceItsHeaderHasEnded) {
    AnswerReader reader(5);
    EXPECT_FALSE(reader.is_whole());
    for (const char* line : {"HTTP/1.1 100 Continue\r\n", "\r\n", "HTTP/1.1 200 OK\r\n", "A: b\r\n"})
        reader.take_line(line);
    EXPECT_FALSE(reader.is_whole());
    reader.take_line("\r\n");
    EXPECT_TRUE(reader.is_whole());
}

TEST(AnswerReader, WithoutABodyTheEncodingDoesNotMatter) {
    EXPECT_TRUE(AnswerReader(5, true).take_line("Content-Encoding: br\r\n"));
}

}  // namespace
}  // namespace safargo::net
