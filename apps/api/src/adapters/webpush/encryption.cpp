#include "adapters/webpush/encryption.hpp"

#include "core/crypto.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <stdexcept>

namespace safargo::webpush {
namespace {

using namespace std::string_view_literals;

std::string hmac(std::string_view key, std::string_view data) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(key.data());
    return std::string(crypto::view(crypto::hmac_sha256({bytes, key.size()}, data)));
}

// HKDF's expansion to at most 32 bytes (RFC 5869).
std::string expand(std::string_view key, std::string info, std::size_t size) {
    return hmac(key, std::move(info) + '\x01').substr(0, size);
}

std::string join(std::string_view first, std::string_view second, std::string_view third) {
    return std::string(first).append(second).append(third);
}

}  // namespace

std::optional<std::string> encrypt(std::string_view message, const Browser& browser, const crypto::P256PrivateKey& ours,
                                   std::string_view salt) {
    if (message.size() > longest_message || salt.size() != secret_size)
        throw std::invalid_argument("a push message or its salt has another size");
    if (browser.secret.size() != secret_size) return std::nullopt;
    const auto shared = ours.agree(browser.key);
    if (!shared) return std::nullopt;
    const std::string point = ours.public_point();
    const std::string material =
        expand(hmac(browser.secret, *shared), join("WebPush: info\0"sv, browser.key, point), 32);
    const std::string secret = hmac(salt, material);
    const std::string key = expand(secret, std::string("Content-Encoding: aes128gcm\0"sv), 16);
    const std::string nonce = expand(secret, std::string("Content-Encoding: nonce\0"sv), 12);
    constexpr auto record_size = "\x00\x00\x10\x00"sv, point_size = "\x41"sv, last_record = "\x02"sv;
    return join(salt, record_size, point_size) + point +
           crypto::aes_128_gcm(key, nonce, std::string(message).append(last_record));
}

std::optional<std::string> encrypt(std::string_view message, const Browser& browser) {
    std::array<std::uint8_t, secret_size> salt{};
    crypto::random_bytes(salt);
    const std::string_view bytes(reinterpret_cast<const char*>(salt.data()), salt.size());
    return encrypt(message, browser, crypto::P256PrivateKey::generate(), bytes);
}

}  // namespace safargo::webpush
