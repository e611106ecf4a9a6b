// Who we are to push services (VAPID, RFC 8292).
#pragma once

#include "core/p256.hpp"
#include "core/time.hpp"

#include <string>
#include <string_view>

namespace safargo::webpush {

struct Sender {
    crypto::P256PrivateKey key;
    std::string contact;  // "mailto:…" or "https://…": Apple refuses others

    std::string public_key() const;  // what a browser subscribes with: base64url of the point
};

// The value of Authorization for one push service, which is the origin of `endpoint`; valid for 12 hours.
std::string authorization(const Sender& sender, std::string_view endpoint, Instant now);

}  // namespace safargo::webpush
