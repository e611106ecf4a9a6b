#include "core/crypto.hpp"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/sha.h>
#include <sodium.h>

#include <memory>
#include <stdexcept>

namespace safargo::crypto {
namespace {

// libsodium must be initialised before first use, which may be a constant initialised before main.
bool sodium_is_ready() {
    static const int status = sodium_init();
    return status >= 0;
}

const std::uint8_t* bytes(std::string_view text) {
    return reinterpret_cast<const std::uint8_t*>(text.data());
}
std::uint8_t* bytes(std::string& text) {
    return reinterpret_cast<std::uint8_t*>(text.data());
}

}  // namespace

void random_bytes(std::span<std::uint8_t> out) {
    if (!sodium_is_ready()) throw std::runtime_error("libsodium could not be initialised");
    randombytes_buf(out.data(), out.size());
}

std::uint32_t random_below(std::uint32_t bound) {
    return randombytes_uniform(bound);
}

std::string random_token() {
    Key raw;
    random_bytes(raw);
    return base64url(view(raw));
}

Key derive_key(std::string_view secret, std::string_view purpose) {
    const std::unique_ptr<EVP_KDF, decltype(&EVP_KDF_free)> kdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr), EVP_KDF_free);
    const std::unique_ptr<EVP_KDF_CTX, decltype(&EVP_KDF_CTX_free)> context(EVP_KDF_CTX_new(kdf.get()),
                                                                            EVP_KDF_CTX_free);
    std::string digest = "SHA256", key(secret), label(purpose);
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest.data(), digest.size()),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, key.data(), key.size()),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, label.data(), label.size()),
        OSSL_PARAM_construct_end(),
    };
    Key derived;
    if (EVP_KDF_derive(context.get(), derived.data(), derived.size(), parameters) != 1)
        throw std::runtime_error("HKDF failed");
    return derived;
}

Key hmac_sha256(std::span<const std::uint8_t> key, std::string_view data) {
    Key mac;
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, key.data(), key.size());
    crypto_auth_hmacsha256_update(&state, bytes(data), data.size());
    crypto_auth_hmacsha256_final(&state, mac.data());
    return mac;
}

// OpenSSL uses the CPU's SHA instructions: an ETag costs a fifth of what it does with libsodium.
Key sha256(std::string_view data) {
    Key digest;
    SHA256(bytes(data), data.size(), digest.data());
    return digest;
}

bool equal_constant_time(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string seal(const Key& key, std::string_view plain) {
    constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
    std::string sealed(nonce_size + plain.size() + crypto_aead_xchacha20poly1305_ietf_ABYTES, '\0');
    randombytes_buf(sealed.data(), nonce_size);
    crypto_aead_xchacha20poly1305_ietf_encrypt(bytes(sealed) + nonce_size, nullptr, bytes(plain), plain.size(), nullptr,
                                               0, nullptr, bytes(sealed), key.data());
    return sealed;
}

std::optional<std::string> open(const Key& key, std::string_view sealed) {
    constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
    constexpr std::size_t overhead = nonce_size + crypto_aead_xchacha20poly1305_ietf_ABYTES;
    if (sealed.size() < overhead) return std::nullopt;
    std::string plain(sealed.size() - overhead, '\0');
    const int forged =
        crypto_aead_xchacha20poly1305_ietf_decrypt(bytes(plain), nullptr, nullptr, bytes(sealed) + nonce_size,
                                                   sealed.size() - nonce_size, nullptr, 0, bytes(sealed), key.data());
    if (forged != 0) return std::nullopt;
    return plain;
}

std::string sign(const Key& seed, std::string_view data) {
    std::array<std::uint8_t, crypto_sign_PUBLICKEYBYTES> public_part;
    std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret_part;
    crypto_sign_seed_keypair(public_part.data(), secret_part.data(), seed.data());
    std::string signature(crypto_sign_BYTES, '\0');
    crypto_sign_detached(bytes(signature), nullptr, bytes(data), data.size(), secret_part.data());
    sodium_memzero(secret_part.data(), secret_part.size());
    return signature;
}

std::string public_key(const Key& seed) {
    std::string public_part(crypto_sign_PUBLICKEYBYTES, '\0');
    std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret_part;
    crypto_sign_seed_keypair(bytes(public_part), secret_part.data(), seed.data());
    sodium_memzero(secret_part.data(), secret_part.size());
    return public_part;
}

bool verify(std::string_view public_key, std::string_view data, std::string_view signature) {
    return public_key.size() == crypto_sign_PUBLICKEYBYTES && signature.size() == crypto_sign_BYTES &&
           crypto_sign_verify_detached(bytes(signature), bytes(data), data.size(), bytes(public_key)) == 0;
}

std::string base64url(std::string_view raw) {
    constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string text(sodium_base64_encoded_len(raw.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes(raw), raw.size(), variant);
    text.pop_back();  // libsodium counts the terminating NUL
    return text;
}

std::optional<std::string> from_base64url(std::string_view text) {
    std::string raw(text.size(), '\0');
    std::size_t size = 0;
    const char* end = nullptr;
    if (sodium_base642bin(bytes(raw), raw.size(), text.data(), text.size(), nullptr, &size, &end,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
        end != text.data() + text.size()) {
        return std::nullopt;
    }
    raw.resize(size);
    return raw;
}

std::string hex(std::string_view raw) {
    std::string text(raw.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), bytes(raw), raw.size());
    text.pop_back();
    return text;
}

}  // namespace safargo::crypto
