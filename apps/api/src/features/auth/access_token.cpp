#include "features/auth/access_token.hpp"

#include <jwt.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <optional>
#include <stdexcept>

namespace safargo::auth {
namespace {

using Jwt = std::unique_ptr<jwt_t, decltype(&jwt_free)>;

constexpr const char* issuer = "safargo";

// Names a key without telling it.
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

// nullopt unless it lies ahead and no further than we ever put it: what is signed may still be absurd, and an Instant
// counts in microseconds. What is no integer reads as 0.
std::optional<Instant> expiry(jwt_t* jwt, Instant now) {
    constexpr std::chrono::minutes clocks_differ{5};
    const std::int64_t seconds = jwt_get_grant_int(jwt, "exp");
    if (seconds > seconds_of(now + access_token_life + clocks_differ)) return std::nullopt;
    if (seconds <= seconds_of(now)) return std::nullopt;
    return Instant{std::chrono::seconds{seconds}};
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
    // Read once without a key, only to learn which key; nothing of this reading is believed.
    const Jwt unverified = decode(token, nullptr);
    if (!unverified) return refused;
    const SigningKey* key = find(text(jwt_get_header(unverified.get(), "kid")));
    if (key == nullptr) return refused;
    const Jwt jwt = decode(token, &key->secret);
    if (!jwt || jwt_get_alg(jwt.get()) != JWT_ALG_HS256 || text(jwt_get_grant(jwt.get(), "iss")) != issuer)
        return refused;

    const auto user = UserId::parse(text(jwt_get_grant(jwt.get(), "sub")));
    const auto session = SessionId::parse(text(jwt_get_grant(jwt.get(), "sid")));
    const auto expires_at = expiry(jwt.get(), now);
    if (!user || !session || !expires_at) return refused;
    return Claims{*user, *session, *expires_at};
}

}  // namespace safargo::auth
