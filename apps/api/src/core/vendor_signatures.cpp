#include "core/vendor_signatures.hpp"

#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/x509.h>

#include <array>
#include <stdexcept>

namespace safargo::crypto {
namespace {

const unsigned char* bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

bool is_on_p256(const EVP_PKEY* key) {
    std::array<char, 64> group{};
    return EVP_PKEY_get_base_id(key) == EVP_PKEY_EC &&
           EVP_PKEY_get_group_name(key, group.data(), group.size(), nullptr) == 1 &&
           std::string_view(group.data()) == "prime256v1";
}

}  // namespace

std::string hmac_sha1(std::string_view key, std::string_view data) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> code{};
    unsigned length = 0;
    if (HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), bytes(data), data.size(), code.data(), &length) ==
        nullptr)
        throw std::runtime_error("HMAC failed");
    return {reinterpret_cast<const char*>(code.data()), length};
}

void P256PublicKey::Free::operator()(evp_pkey_st* key) const {
    EVP_PKEY_free(key);
}

P256PublicKey::P256PublicKey(std::string_view der) {
    const unsigned char* at = bytes(der);
    key_.reset(d2i_PUBKEY(nullptr, &at, static_cast<long>(der.size())));
    ERR_clear_error();  // TLS on this thread takes what is left there for its own
    const bool whole = key_ && at == bytes(der) + der.size();
    if (!whole || !is_on_p256(key_.get())) throw std::invalid_argument("not a public key on the curve P-256");
}

bool P256PublicKey::verifies(std::string_view data, std::string_view signature) const {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    const bool good =
        context && EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()) == 1 &&
        EVP_DigestVerify(context.get(), bytes(signature), signature.size(), bytes(data), data.size()) == 1;
    ERR_clear_error();
    return good;
}

}  // namespace safargo::crypto
