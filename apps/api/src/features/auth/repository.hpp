// The tables of signing in: otp_codes and sessions; refresh_tokens are RefreshChain's.
#pragma once

#include "db/transaction.hpp"
#include "features/auth/types.hpp"

#include <optional>
#include <string>
#include <vector>

namespace safargo::auth {

struct WaitingCode {
    Uuid id;
    std::string code_hmac;
};

class AuthRepository {
public:
    // `names`: HMACs of one identifier, one per secret in use; its codes may be stored under any of them. Two requests
    // for one identifier count one after the other; held until the transaction ends.
    Task<void> lock_identifier(db::Transaction& tx, std::vector<std::string> names);
    // When the `nth` newest code was made, if that is after `since`; the first is the newest.
    Task<std::optional<Instant>> recent_code(db::Session& session, std::vector<std::string> names, int nth,
                                             Instant since);
    Task<void> insert_code(db::Session& session, Uuid id, std::string identifier_hmac, std::string code_hmac,
                           Instant expires_at, Instant now);
    // Counts one attempt at each of the `newest` codes that can still be used, the newest first: none when they are too
    // old, used or have no attempts left.
    Task<std::vector<WaitingCode>> count_attempt(db::Session& session, std::vector<std::string> names, int newest,
                                                 int max_attempts, Instant now);
    Task<bool> consume_code(db::Session& session, Uuid id, Instant now);  // false: it was used in the meantime

    // The account of an identifier, created if there is none; true if it was created now.
    Task<std::pair<SignedInUser, bool>> find_or_insert_user(db::Session& session, Identifier identifier,
                                                            std::string name, Language locale, Instant now);
    Task<void> insert_session(db::Session& session, SessionId id, UserId user, std::string device, Instant now);
    Task<void> touch_session(db::Session& session, SessionId id, Instant now);
    Task<bool> revoke_session(db::Session& session, SessionId id, UserId user, Instant now);
    Task<std::vector<SessionView>> list_sessions(db::Session& session, UserId user, SessionId current);
    // nullopt when the session is unknown, revoked or another user's.
    Task<std::optional<Caller>> find_caller(db::Session& session, UserId user, SessionId id);
    // Unknown, revoked, or of an account that is banned or deleted.
    Task<std::vector<SessionId>> find_ended(db::Session& session, std::vector<SessionId> ids);
};

}  // namespace safargo::auth
