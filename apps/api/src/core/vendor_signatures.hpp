// Algorithms that vendors sign their webhooks with and that nothing of ours uses.
#pragma once

#include <memory>
#include <string>
#include <string_view>

struct evp_pkey_st;

namespace safargo::crypto {

std::string hmac_sha1(std::string_view key, std::string_view data);  // 20 bytes

// A public key on the curve P-256.
class P256PublicKey {
public:
    // `der`: a SubjectPublicKeyInfo. Throws std::invalid_argument for anything else and for other curves.
    explicit P256PublicKey(std::string_view der);

    // ECDSA over SHA-256, the signature in DER.
    bool verifies(std::string_view data, std::string_view signature) const;

private:
    struct Free {
        void operator()(evp_pkey_st* key) const;
    };
    std::unique_ptr<evp_pkey_st, Free> key_;
};

}  // namespace safargo::crypto
