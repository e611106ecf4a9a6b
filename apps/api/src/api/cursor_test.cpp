#include "api/cursor.hpp"

#include <gtest/gtest.h>

namespace safargo::api {
namespace {

const CursorSigner signer("0123456789abcdef0123456789abcdef");

TEST(Cursor, OpensForItsQueryOnly) {
    const std::string cursor = signer.sign("from=1,2", "7|trip");
    EXPECT_EQ(signer.open("from=1,2", cursor).value(), "7|trip");
    EXPECT_EQ(signer.open("from=1,3", cursor).error().code, Code::malformed_request);
}

TEST(Cursor, AnotherReplicaWithTheSameSecretReadsIt) {
    const CursorSigner other("0123456789abcdef0123456789abcdef");
    EXPECT_TRUE(other.open("q", signer.sign("q", "p")));
    const CursorSigner stranger("another-secret-of-thirty-two-bytes");
    EXPECT_FALSE(stranger.open("q", signer.sign("q", "p")));
}

TEST(Cursor, IsReadableDuringRotation) {
    constexpr std::string_view fresh = "another-secret-of-thirty-two-bytes";
    const std::string cursor = signer.sign("q", "p");
    EXPECT_TRUE(CursorSigner({fresh, "0123456789abcdef0123456789abcdef"}).open("q", cursor));
    EXPECT_TRUE(
        CursorSigner({"0123456789abcdef0123456789abcdef", fresh}).open("q", CursorSigner(fresh).sign("q", "p")));
    EXPECT_FALSE(CursorSigner(fresh).open("q", cursor)) << "until the old secret is removed";
}

TEST(Cursor, EveryAlteredByteIsRefused) {
    const std::string cursor = signer.sign("q", "position");
    for (std::size_t i = 0; i < cursor.size(); ++i) {
        std::string altered = cursor;
        altered[i] = altered[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(signer.open("q", altered)) << i;
    }
    EXPECT_FALSE(signer.open("q", ""));
    EXPECT_FALSE(signer.open("q", "not base64!"));
    EXPECT_FALSE(signer.open("q", std::string(600, 'A')));
    EXPECT_EQ(signer.open("q", "x").error().fields.at(0).field, "cursor");
}

}  // namespace
}  // namespace safargo::api
