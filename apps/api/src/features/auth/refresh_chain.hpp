// Refresh tokens: opaque, 30 days, rotated at each use. The tokens of a session form a chain, in which each has exactly
// one successor; only hashes are stored.
#pragma once

#include "core/result.hpp"
#include "core/time.hpp"
#include "db/transaction.hpp"
#include "features/auth/repository.hpp"

#include <string>

namespace safargo::auth {

struct Rotation {
    UserId user;
    SessionId session;
    std::string token;  // the successor
};

class RefreshChain {
public:
    // The first token of a session.
    Task<std::string> begin(db::Session& session, SessionId id, Instant now);

    // The last token of a chain gets a successor. Its direct predecessor, used again within 30 s (two tabs, a lost
    // answer), gets that same one. Anything older is unauthenticated and revokes the session, as does a token of an
    // account that was banned or deleted.
    Task<Result<Rotation>> rotate(db::Transaction& tx, std::string token, Instant now);

private:
    struct Link;

    Task<std::optional<Link>> lock(db::Transaction& tx, std::string token_hash);
    Task<std::string> append(db::Transaction& tx, Link link, std::string token, Instant now);
    Task<void> insert(db::Session& session, std::string token, SessionId id, Instant now);
    Task<Result<Rotation>> revoke(db::Transaction& tx, Link link, Instant now);

    AuthRepository rows_;
};

}  // namespace safargo::auth
