// The secret that everything of ours derives from, and the one beside it while it rotates: what is written or signed is
// made with the first, what comes back is opened with either (docs/runbooks/rotate-jwt-secret.md).
#pragma once

#include "core/crypto.hpp"

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::crypto {

// The keys of one purpose, one per secret and in their order.
class PurposeKeys {
public:
    explicit PurposeKeys(std::vector<Key> keys) : keys_(std::move(keys)) {}

    const Key& first() const { return keys_.front(); }
    const std::vector<Key>& all() const { return keys_; }

    // Whether what was `made` with any key, by the caller's rule, is what was given. In constant time, and every key is
    // asked: the answer takes as long whichever key it was.
    template <std::invocable<const Key&> Make>
    bool any_makes(std::string_view given, Make make) const {
        bool same = false;
        for (const Key& key : keys_) same |= equal_constant_time(make(key), given);
        return same;
    }

    std::string seal(std::string_view plain) const { return crypto::seal(first(), plain); }
    std::optional<std::string> open(std::string_view sealed) const;  // nullopt if forged, cut or of another secret

private:
    std::vector<Key> keys_;  // at least one
};

class KeyRing {
public:
    // `other`: the secret that is accepted beside it; "" when none.
    KeyRing(std::string_view secret, std::string_view other);
    // Where nothing rotates a secret is a ring by itself.
    KeyRing(const std::convertible_to<std::string_view> auto& secret) : KeyRing(secret, {}) {}

    const std::vector<std::string>& secrets() const { return secrets_; }
    PurposeKeys derive(std::string_view purpose) const;

private:
    std::vector<std::string> secrets_;  // the first one writes
};

}  // namespace safargo::crypto
