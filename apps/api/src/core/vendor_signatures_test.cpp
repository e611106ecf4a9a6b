#include "core/vendor_signatures.hpp"

#include "core/base64.hpp"
#include "core/crypto.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace safargo::crypto {
namespace {

// RFC 2202, test case 2.
TEST(HmacSha1, GivesTheVector) {
    EXPECT_EQ(hex(hmac_sha1("Jefe", "what do ya want for nothing?")), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
    EXPECT_EQ(hmac_sha1("", "").size(), 20U);
}

// Made by `openssl ecparam -name prime256v1 -genkey` and `openssl dgst -sha256 -sign`.
constexpr const char* public_key =
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEvyLjVqDSypE7PAVmS3Wxo98Ivv+cC+fAx7/"
    "0d3ExpakGxQIz4K6JSLZMbzOOqCPShzwOJoxJICm4uMzc2i3TTw==";
constexpr const char* signature =
    "MEUCIB78muPzlg4X7PbItUWQL6UiGTzf1K89j2euYj2rJ67JAiEA8SBiXmjoJilM3U/m0PdvwPHCob1ZTYeV2aOh2CnUC2U=";
constexpr const char* signed_text = R"(1700000000[{"event":"delivered"}])";
constexpr const char* key_on_p384 =
    "MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEvhNq16ZxP7HYe6pbdAlg639McNesr0ax1Ol0sSdg6tubw/"
    "8ETbtW+NWIGBoHFdQbl9QS6zyzySny2t5M5SwAcJdrj0PY6yBY5VRyxBavfGPHh6WyjeM6KD7zvUN9N/2E";

TEST(P256PublicKey, VerifiesWhatOpensslSigned) {
    const P256PublicKey key(*from_base64(public_key));
    const std::string der = *from_base64(signature);
    EXPECT_TRUE(key.verifies(signed_text, der));
    EXPECT_FALSE(key.verifies(std::string(signed_text) + ' ', der));
    EXPECT_FALSE(key.verifies("", der));
    for (std::size_t i = 0; i < der.size(); ++i) {
        std::string forged = der;
        forged[i] = static_cast<char>(forged[i] ^ 1);
        EXPECT_FALSE(key.verifies(signed_text, forged)) << "byte " << i;
        EXPECT_FALSE(key.verifies(signed_text, der.substr(0, i))) << "cut at " << i;
    }
    EXPECT_FALSE(key.verifies(signed_text, der + '\0'));
}

TEST(P256PublicKey, IsOfNoOtherKind) {
    const std::string good = *from_base64(public_key);
    EXPECT_THROW(P256PublicKey(*from_base64(key_on_p384)), std::invalid_argument);
    EXPECT_THROW(P256PublicKey(""), std::invalid_argument);
    EXPECT_THROW(P256PublicKey("not a key"), std::invalid_argument);
    EXPECT_THROW(P256PublicKey(good + 'x'), std::invalid_argument);
    EXPECT_THROW(P256PublicKey(good.substr(1)), std::invalid_argument);
}

}  // namespace
}  // namespace safargo::crypto
