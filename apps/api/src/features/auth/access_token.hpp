// Access tokens: JWT, HS256 and nothing else, 15 minutes, signed with the first secret of the ring.
#pragma once

#include "core/caller.hpp"
#include "core/key_ring.hpp"
#include "core/result.hpp"
#include "core/time.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace safargo::auth {

inline constexpr std::chrono::minutes access_token_life{15};

struct Claims {
    UserId user;
    SessionId session;
    Instant expires_at;
};

class AccessTokens {
public:
    explicit AccessTokens(const crypto::KeyRing& ring);

    std::string issue(UserId user, SessionId session, Instant now) const;
    // unauthenticated for anything but an intact, unexpired token of ours.
    Result<Claims> verify(const std::string& token, Instant now) const;

private:
    struct SigningKey {
        std::string id;
        std::string secret;
    };
    const SigningKey* find(std::string_view id) const;
    std::vector<SigningKey> keys_;  // the first one signs
};

}  // namespace safargo::auth
