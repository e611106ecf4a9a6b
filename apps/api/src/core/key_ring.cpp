#include "core/key_ring.hpp"

namespace safargo::crypto {

std::optional<std::string> PurposeKeys::open(std::string_view sealed) const {
    for (const Key& key : keys_) {
        if (auto plain = crypto::open(key, sealed)) return plain;
    }
    return std::nullopt;
}

KeyRing::KeyRing(std::string_view secret, std::string_view other) : secrets_{std::string(secret)} {
    if (!other.empty() && other != secret) secrets_.emplace_back(other);
}

PurposeKeys KeyRing::derive(std::string_view purpose) const {
    std::vector<Key> keys;
    keys.reserve(secrets_.size());
    for (const std::string& secret : secrets_) keys.push_back(derive_key(secret, purpose));
    return PurposeKeys(std::move(keys));
}

}  // namespace safargo::crypto
