// Private keys on the curve P-256: signatures and key agreement as the Web's protocols want them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct evp_pkey_st;

namespace safargo::crypto {

class P256PrivateKey {
public:
    static P256PrivateKey generate();
    // The private number, 32 bytes big-endian. Throws std::invalid_argument for what is none.
    explicit P256PrivateKey(std::string_view number);

    std::string public_point() const;  // 65 bytes, uncompressed

    // The secret shared with the owner of that point, 32 bytes; nullopt if it does not lie on the curve.
    std::optional<std::string> agree(std::string_view point) const;

    // ES256 (RFC 7518): ECDSA over SHA-256, 64 bytes.
    std::string sign(std::string_view data) const;

private:
    struct Free {
        void operator()(evp_pkey_st* key) const;
    };
    using Handle = std::unique_ptr<evp_pkey_st, Free>;
    explicit P256PrivateKey(Handle key);

    Handle key_;
};

// Whether these 65 bytes are a point of the curve, uncompressed.
bool is_p256_point(std::string_view point);

// ES256 with the key of this point.
bool verifies_es256(std::string_view point, std::string_view data, std::string_view signature);

// AES-128-GCM with the tag at the end. `key` has 16 bytes, `nonce` 12, and is never used twice with a key.
std::string aes_128_gcm(std::string_view key, std::string_view nonce, std::string_view plain);

}  // namespace safargo::crypto
