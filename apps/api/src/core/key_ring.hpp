// The root secret all keys are derived from, and a second one during rotation: the first seals and signs, either opens
// and verifies (docs/runbooks/rotate-jwt-secret.md).
#pragma once

#include "core/crypto.hpp"

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::crypto {

// The keys for one purpose, one per secret, in the same order.
class PurposeKeys {
public:
    explicit PurposeKeys(std::vector<Key> keys) : keys_(std::move(keys)) {}

    const Key& first() const { return keys_.front(); }
    const std::vector<Key>& all() const { return keys_; }

    // Whether `make` yields `given` with any of the keys. Constant time: every key is tried, whichever matches.
    template <std::invocable<const Key&> Make>
    bool any_makes(std::string_view given, Make make) const {
        bool same = false;
        for (const Key& key : keys_) same |= equal_constant_time(make(key), given);
        return same;
    }

    std::string seal(std::string_view plain) const { return crypto::seal(first(), plain); }
    std::optional<std::string> open(
        std::string_view sealed) const;  // nullopt if forged, truncated or sealed with another secret

private:
    std::vector<Key> keys_;  // at least one
};

class KeyRing {
public:
    // `other`: the second accepted secret; "" if there is none.
    KeyRing(std::string_view secret, std::string_view other);
    // A single secret that is not being rotated.
    KeyRing(const std::convertible_to<std::string_view> auto& secret) : KeyRing(secret, {}) {}

    const std::vector<std::string>& secrets() const { return secrets_; }
    PurposeKeys derive(std::string_view purpose) const;

private:
    std::vector<std::string> secrets_;  // the first one seals and signs
};

}  // namespace safargo::crypto
