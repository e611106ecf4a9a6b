#include "core/key_ring.hpp"

#include <gtest/gtest.h>

namespace safargo::crypto {
namespace {

constexpr std::string_view old_secret = "the secret of yesterday, of 32 bytes or more";
constexpr std::string_view new_secret = "the secret of today, with 32 bytes or more";

const PurposeKeys before = KeyRing(old_secret).derive("a");
const PurposeKeys during = KeyRing(new_secret, old_secret).derive("a");
const PurposeKeys after = KeyRing(new_secret).derive("a");

std::string mac(const Key& key) {
    return std::string(view(hmac_sha256(key, "text")));
}

TEST(KeyRing, WritesWithTheFirstSecret) {
    EXPECT_EQ(during.first(), after.first());
    EXPECT_NE(during.first(), before.first());
    EXPECT_TRUE(after.open(during.seal("text")));
    EXPECT_FALSE(before.open(during.seal("text")));
}

TEST(KeyRing, OpensWithEither) {
    EXPECT_EQ(during.open(before.seal("text")), "text");
    EXPECT_EQ(during.open(after.seal("text")), "text");
    EXPECT_FALSE(after.open(before.seal("text")));
    EXPECT_FALSE(during.open(KeyRing("somebody else's secret").derive("a").seal("text")));
}

TEST(KeyRing, ComparesWithEither) {
    EXPECT_TRUE(during.any_makes(mac(before.first()), mac));
    EXPECT_TRUE(during.any_makes(mac(after.first()), mac));
    EXPECT_FALSE(after.any_makes(mac(before.first()), mac));
    EXPECT_FALSE(during.any_makes("", mac));
}

TEST(KeyRing, BothOrdersReadEachOther) {
    const PurposeKeys other_replica = KeyRing(old_secret, new_secret).derive("a");
    EXPECT_TRUE(other_replica.open(during.seal("text")));
    EXPECT_TRUE(during.open(other_replica.seal("text")));
}

TEST(KeyRing, DerivesOtherKeysForOtherPurposes) {
    EXPECT_NE(KeyRing(old_secret).derive("a").first(), KeyRing(old_secret).derive("b").first());
    EXPECT_EQ(before.first(), derive_key(old_secret, "a")) << "what earlier releases sealed stays readable";
}

TEST(KeyRing, TheSameSecretTwiceIsOne) {
    EXPECT_EQ(KeyRing(old_secret, old_secret).secrets().size(), 1U);
    EXPECT_EQ(KeyRing(old_secret, "").secrets().size(), 1U);
}

}  // namespace
}  // namespace safargo::crypto
