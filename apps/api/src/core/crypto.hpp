// Thin wrappers around OpenSSL and libsodium. No keys are stored here.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace safargo::crypto {

using Key = std::array<std::uint8_t, 32>;

void random_bytes(std::span<std::uint8_t> out);   // CSPRNG; throws if none is available
std::uint32_t random_below(std::uint32_t bound);  // uniform
std::string random_token();                       // 32 random bytes, base64url (43 characters)

Key derive_key(std::string_view secret, std::string_view purpose);  // HKDF-SHA256
Key hmac_sha256(std::span<const std::uint8_t> key, std::string_view data);
Key sha256(std::string_view data);
bool equal_constant_time(std::string_view a, std::string_view b);

// Authenticated encryption (XChaCha20-Poly1305); the nonce is part of the result.
std::string seal(const Key& key, std::string_view plain);
std::optional<std::string> open(const Key& key, std::string_view sealed);  // nullopt if forged or truncated

// Ed25519 from a 32-byte seed.
std::string sign(const Key& seed, std::string_view data);  // 64 bytes
std::string public_key(const Key& seed);                   // 32 bytes
bool verify(std::string_view public_key, std::string_view data, std::string_view signature);

std::string base64url(std::string_view bytes);                     // no padding
std::optional<std::string> from_base64url(std::string_view text);  // strict
std::string hex(std::string_view bytes);

inline std::string_view view(const Key& key) {
    return {reinterpret_cast<const char*>(key.data()), key.size()};
}

}  // namespace safargo::crypto
