// RFC 8291 by its own example, and each thing that must differ between messages.
#include "adapters/webpush/encryption.hpp"

#include "core/crypto.hpp"

#include <gtest/gtest.h>

namespace safargo::webpush {
namespace {

std::string bytes(std::string_view base64url) {
    return crypto::from_base64url(base64url).value();
}

// RFC 8291, appendix A.
const std::string plain = "When I grow up, I want to be a watermelon";
const Browser browser{bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
                      bytes("BTBZMqHH6r4Tts7J_aSIgg")};

TEST(PushEncryption, IsAsInTheExampleOfTheStandard) {
    const crypto::P256PrivateKey ours(bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"));
    EXPECT_EQ(crypto::base64url(ours.public_point()),
              "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8");
    EXPECT_EQ(crypto::base64url(encrypt(plain, browser, ours, bytes("DGv6ra1nlYgDCS1FRnbzlw")).value()),
              "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK"
              "6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN");
}

// The browser's side of the agreement gives the same secret.
TEST(PushEncryption, BothSidesAgree) {
    const crypto::P256PrivateKey theirs(bytes("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"));
    EXPECT_EQ(theirs.public_point(), browser.key);
    const crypto::P256PrivateKey ours = crypto::P256PrivateKey::generate();
    EXPECT_EQ(theirs.agree(ours.public_point()), ours.agree(theirs.public_point()));
}

TEST(PushEncryption, NoKeyAndNoSaltIsUsedTwice) {
    const std::string one = encrypt(plain, browser).value(), two = encrypt(plain, browser).value();
    EXPECT_EQ(one.size(), 86 + plain.size() + 17);
    EXPECT_NE(one.substr(0, 16), two.substr(0, 16));
    EXPECT_NE(one.substr(21, 65), two.substr(21, 65));
    EXPECT_EQ(one.find("watermelon"), std::string::npos);
}

TEST(PushEncryption, RefusesWhatIsNoBrowser) {
    std::string off = browser.key;
    off.back() = static_cast<char>(off.back() ^ 1);
    for (const Browser& bad :
         {Browser{off, browser.secret}, Browser{"", browser.secret}, Browser{browser.key.substr(0, 64), browser.secret},
          Browser{std::string(65, '\0'), browser.secret}, Browser{browser.key, browser.secret.substr(1)},
          Browser{browser.key, ""}})
        EXPECT_FALSE(encrypt(plain, bad));
    EXPECT_THROW(encrypt(std::string(longest_message + 1, 'x'), browser), std::invalid_argument);
    EXPECT_TRUE(encrypt(std::string(longest_message, 'x'), browser));
}

TEST(P256, RefusesNumbersThatAreNoKeys) {
    EXPECT_THROW(crypto::P256PrivateKey(std::string(32, '\0')), std::invalid_argument);
    EXPECT_THROW(crypto::P256PrivateKey(std::string(32, '\xff')), std::invalid_argument);
    EXPECT_THROW(crypto::P256PrivateKey(std::string(31, '\x01')), std::invalid_argument);
    EXPECT_NO_THROW(crypto::P256PrivateKey(std::string(32, '\x01')));
}

TEST(P256, SignsAsWebTokensDo) {
    const crypto::P256PrivateKey key = crypto::P256PrivateKey::generate();
    for (int i = 0; i < 50; ++i) {  // numbers that begin with zeros are padded
        const std::string signature = key.sign("data");
        ASSERT_EQ(signature.size(), 64U);
        ASSERT_TRUE(crypto::verifies_es256(key.public_point(), "data", signature));
        ASSERT_FALSE(crypto::verifies_es256(key.public_point(), "date", signature));
        ASSERT_FALSE(crypto::verifies_es256(browser.key, "data", signature));
    }
    EXPECT_FALSE(crypto::verifies_es256(key.public_point(), "data", ""));
    EXPECT_FALSE(crypto::verifies_es256(key.public_point(), "data", std::string(64, '\0')));
}

}  // namespace
}  // namespace safargo::webpush
