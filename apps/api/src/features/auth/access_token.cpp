#include "features/auth/access_token.hpp"

#include <jwt.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <memory>
#include <optional>
#include <stdexcept>

namespace safargo::auth {
namespace {

using Jwt = std::unique_ptr<jwt_t, decltype(&jwt_free)>;

constexpr const char* issuer = "safargo";
constexpr std::chrono::minutes clocks_differ{5};

// Identifies a key without revealing it.
std::string key_id(std::string_view secret) {
    return crypto::hex(crypto::view(crypto::derive_key(secret, "jwt-key-id")).substr(0, 4));
}

const unsigned char* bytes(const std::string& text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

Jwt decode(const std::string& token, const std::string* secret) {
    jwt_t* raw = nullptr;
    const int error = secret == nullptr
                          ? jwt_decode(&raw, token.c_str(), nullptr, 0)
                          : jwt_decode(&raw, token.c_str(), bytes(*secret), static_cast<int>(secret->size()));
    return {error == 0 ? raw : nullptr, jwt_free};
}

std::string_view text(const char* value) {
    return value == nullptr ? std::string_view{} : std::string_view{value};
}

std::int64_t seconds_of(Instant instant) {
    return std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch().count();
}

using Json = std::unique_ptr<char, decltype(&std::free)>;

bool has(jwt_t* jwt, const char* claim) {
    return Json(jwt_get_grants_json(jwt, claim), std::free) != nullptr;
}

// A whole number of seconds, as we write it; nullopt for anything else: even a signed value may be absurd.
std::optional<std::int64_t> seconds_in(jwt_t* jwt, const char* claim) {
    const Json json(jwt_get_grants_json(jwt, claim), std::free);
    const std::string_view digits = text(json.get());
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return seconds;
}

// nullopt unless it lies ahead and no further than we ever put it: an Instant counts in microseconds.
std::optional<Instant> expiry(jwt_t* jwt, Instant now) {
    const auto seconds = seconds_in(jwt, "exp");
    if (!seconds || *seconds > seconds_of(now + access_token_life + clocks_differ)) return std::nullopt;
    if (*seconds <= seconds_of(now)) return std::nullopt;
    return Instant{std::chrono::seconds{*seconds}};
}

// We never write `nbf`, so it gets no allowance for clock skew; `iat` may come from a replica whose clock is ahead.
bool has_begun(jwt_t* jwt, Instant now) {
    if (has(jwt, "nbf")) {
        const auto begins = seconds_in(jwt, "nbf");
        if (!begins || *begins > seconds_of(now)) return false;
    }
    const auto issued = seconds_in(jwt, "iat");
    return issued && *issued <= seconds_of(now + clocks_differ);
}

// Ours name us as their issuer and no audience: a token with an audience was meant for another party. We support no
// `crit` header (RFC 7515, 4.1.11).
bool is_for_us(jwt_t* jwt) {
    if (jwt_get_alg(jwt) != JWT_ALG_HS256 || text(jwt_get_grant(jwt, "iss")) != issuer || has(jwt, "aud")) return false;
    return Json(jwt_get_headers_json(jwt, "crit"), std::free) == nullptr;
}

}  // namespace

AccessTokens::AccessTokens(const crypto::KeyRing& ring) {
    for (const std::string& secret : ring.secrets()) keys_.push_back({key_id(secret), secret});
}

const AccessTokens::SigningKey* AccessTokens::find(std::string_view id) const {
    const auto found = std::ranges::find(keys_, id, &SigningKey::id);
    return found == keys_.end() ? nullptr : &*found;
}

std::string AccessTokens::issue(UserId user, SessionId session, Instant now) const {
    jwt_t* raw = nullptr;
    if (jwt_new(&raw) != 0) throw std::bad_alloc();
    const Jwt jwt(raw, jwt_free);
    const SigningKey& key = keys_.front();
    int error = jwt_add_header(raw, "kid", key.id.c_str());
    error |= jwt_add_grant(raw, "iss", issuer);
    error |= jwt_add_grant(raw, "sub", user.str().c_str());
    error |= jwt_add_grant(raw, "sid", session.str().c_str());
    error |= jwt_add_grant_int(raw, "iat", seconds_of(now));
    error |= jwt_add_grant_int(raw, "exp", seconds_of(now + access_token_life));
    error |= jwt_set_alg(raw, JWT_ALG_HS256, bytes(key.secret), static_cast<int>(key.secret.size()));
    const std::unique_ptr<char, decltype(&std::free)> token(error == 0 ? jwt_encode_str(raw) : nullptr, std::free);
    if (!token) throw std::runtime_error("a token could not be signed");
    return token.get();
}

Result<Claims> AccessTokens::verify(const std::string& token, Instant now) const {
    const auto refused = fail(Code::unauthenticated);
    if (token.size() > 2048 || token.contains('\0')) return refused;
    // Parsed once without a key, only to find the key; nothing from this parse is trusted.
    const Jwt unverified = decode(token, nullptr);
    if (!unverified) return refused;
    const SigningKey* key = find(text(jwt_get_header(unverified.get(), "kid")));
    if (key == nullptr) return refused;
    const Jwt jwt = decode(token, &key->secret);
    if (!jwt || !is_for_us(jwt.get()) || !has_begun(jwt.get(), now)) return refused;

    const auto user = UserId::parse(text(jwt_get_grant(jwt.get(), "sub")));
    const auto session = SessionId::parse(text(jwt_get_grant(jwt.get(), "sid")));
    const auto expires_at = expiry(jwt.get(), now);
    if (!user || !session || !expires_at) return refused;
    return Claims{*user, *session, *expires_at};
}

}  // namespace safargo::auth
