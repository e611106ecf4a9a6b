// Message encryption for Web Push (RFC 8291, RFC 8188): only the browser can read what its push service carries.
#pragma once

#include "core/p256.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace safargo::webpush {

inline constexpr std::size_t secret_size = 16;         // bytes, of a browser and of a salt
inline constexpr std::size_t longest_message = 3'993;  // bytes: what any push service takes, once encrypted

struct Browser {
    std::string key;     // its public point, 65 bytes
    std::string secret;  // 16 bytes
};

// The body of a request with Content-Encoding aes128gcm, in one record. `ours` and `salt` are used for one message
// only. Nullopt if the browser's key is no point of the curve or its secret has another size.
std::optional<std::string> encrypt(std::string_view message, const Browser& browser, const crypto::P256PrivateKey& ours,
                                   std::string_view salt);
std::optional<std::string> encrypt(std::string_view message, const Browser& browser);  // with new ones

}  // namespace safargo::webpush
