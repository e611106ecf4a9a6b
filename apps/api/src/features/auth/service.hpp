// Signing in without a password (PRODUCT section 2): one-time codes, access tokens, rotating refresh tokens.
#pragma once

#include "api/authenticator.hpp"
#include "core/clock.hpp"
#include "core/key_ring.hpp"
#include "core/request_context.hpp"
#include "db/database.hpp"
#include "features/auth/access_token.hpp"
#include "features/auth/guess_limits.hpp"
#include "features/auth/refresh_chain.hpp"
#include "features/auth/repository.hpp"
#include "features/notifications/service.hpp"
#include "ports/rate_limiter.hpp"

namespace safargo::auth {

struct AuthOptions {
    crypto::KeyRing keys;
    unsigned codes_per_ip = 30;               // in 5 minutes
    std::optional<unsigned> codes_per_day{};  // for one identifier; empty: any number
};

class AuthService final : public api::Authenticator {
public:
    AuthService(db::Database& database, notifications::Notifications& notifications, RateLimiter& limiter,
                const Clock& clock, AuthOptions options);

    // The same response whether an account exists or not. rate_limited above 3 codes in 5 minutes and `codes_per_day`;
    // feature_unavailable if no vendor serves the channel.
    Task<Result<CodeRequested>> request_code(RequestContext context, RequestCode wanted);
    // Each of the last three codes that is neither too old nor used signs in. otp_invalid for a wrong code; otp_expired
    // when none of them is left (five wrong guesses use up all that wait) or its channel is closed for today
    // (GuessLimits).
    Task<Result<SignedIn>> verify_code(RequestContext context, VerifyCode given);
    // unauthenticated, and the whole family revoked, when an older token than the direct predecessor comes back.
    Task<Result<Refreshed>> refresh(db::Transaction& tx, RefreshTokens given);

    Task<Result<SessionList>> list_sessions(Caller caller);
    Task<Result<Nothing>> revoke_session(Caller caller, SessionId id);
    Task<Result<Nothing>> logout(Caller caller);

    Task<Result<Caller>> authenticate(std::string bearer_token) override;
    Task<std::vector<SessionId>> find_ended(std::vector<SessionId> sessions) override;

private:
    Task<Result<Nothing>> count_by_address(RequestContext context);
    Task<Result<Nothing>> insert_code(db::Transaction& tx, RequestContext context, Identifier identifier);
    Task<Result<Nothing>> count_by_identifier(db::Transaction& tx, std::vector<std::string> who, Instant now);
    Task<void> send_code(db::Transaction& tx, Identifier to, std::string digits, Language language, Instant now);
    Task<Result<SignedIn>> sign_in(db::Transaction& tx, Uuid code, VerifyCode given, std::string device,
                                   Language language);
    std::vector<std::string> names(const Identifier& identifier) const;
    bool makes(const WaitingCode& waiting, const OneTimeCode& given) const;
    std::vector<std::string> detoured_names(const Identifier& identifier) const;
    std::vector<std::string> all_names(const Identifier& identifier) const;

    db::Database& database_;
    notifications::Notifications& notifications_;
    RateLimiter& limiter_;
    const Clock& clock_;
    AuthOptions options_;
    AccessTokens tokens_;
    crypto::PurposeKeys otp_keys_;
    GuessLimits guesses_;
    RefreshChain chain_;
    AuthRepository rows_;
};

}  // namespace safargo::auth
