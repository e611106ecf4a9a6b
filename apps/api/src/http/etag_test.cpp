#include "http/etag.hpp"

#include <gtest/gtest.h>

namespace safargo::http {
namespace {

TEST(Etag, MatchesOneOfAList) {
    EXPECT_TRUE(etag_matches(R"("v3")", R"("v3")"));
    EXPECT_TRUE(etag_matches(R"("v1", "v2" ,"v3")", R"("v3")"));
    EXPECT_TRUE(etag_matches("*", R"("v3")"));
    EXPECT_FALSE(etag_matches(R"("v1", "v2")", R"("v3")"));
}

TEST(Etag, WeaknessIsIgnored) {
    EXPECT_TRUE(etag_matches(R"(W/"v3")", R"("v3")"));
    EXPECT_TRUE(etag_matches(R"("v3")", R"(W/"v3")"));
}

TEST(Etag, OfTheCompressedResponseIsADifferentStrongOne) {
    EXPECT_EQ(gzip_etag(R"("v3")"), R"("v3-gzip")");
    EXPECT_EQ(gzip_etag(R"(W/"v3")"), R"(W/"v3")");
    EXPECT_TRUE(etag_matches(R"("v3-gzip")", R"("v3")")) << "both variants have the same content";
    EXPECT_TRUE(etag_matches(R"("v3")", R"("v3-gzip")"));
    EXPECT_TRUE(etag_matches(R"(W/"v3-gzip")", R"("v3-gzip")"));
    EXPECT_FALSE(etag_matches(R"("v2-gzip")", R"("v3-gzip")"));
    EXPECT_TRUE(etag_matches(R"("-gzip")", R"("")"));
}

TEST(Etag, ACommaInsideATagIsNoSeparator) {
    EXPECT_TRUE(etag_matches(R"("a,b", "c")", R"("a,b")"));
    EXPECT_FALSE(etag_matches(R"("a,b")", R"("b")"));
}

TEST(Etag, AnInvalidTagMatchesNothing) {
    for (const char* header : {"", "v3", R"("v3)", "W/v3", ",", R"(x "v3")"}) {
        EXPECT_FALSE(etag_matches(header, R"("v3")")) << header;
    }
    EXPECT_FALSE(etag_matches("*", ""));
}

}  // namespace
}  // namespace safargo::http
