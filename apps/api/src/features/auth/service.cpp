#include "features/auth/service.hpp"

#include "core/text_cut.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace safargo::auth {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds code_life = 10min;
constexpr std::chrono::seconds code_window = 5min;
constexpr std::chrono::seconds resend_after = 60s;
constexpr int codes_per_window = 3;
constexpr int codes_that_work = 3;  // of those requested last: messages overtake each other
constexpr int max_attempts = 5;
constexpr std::chrono::hours day{24};

std::string hmac(const crypto::Key& key, std::string_view text) {
    return crypto::base64url(crypto::view(crypto::hmac_sha256(key, text)));
}

std::unexpected<Error> slow_down(std::chrono::seconds wait) {
    return fail(Error{.code = Code::rate_limited, .retry_after = wait});
}

// The browser's own description, cut to a useful length.
std::string device_name(std::string_view user_agent) {
    return cut_bytes(user_agent, 200);
}

}  // namespace

AuthService::AuthService(db::Database& database, notifications::Notifications& notifications, RateLimiter& limiter,
                         const Clock& clock, AuthOptions options)
    : database_(database),
      notifications_(notifications),
      limiter_(limiter),
      clock_(clock),
      options_(std::move(options)),
      tokens_(options_.keys),
      otp_keys_(options_.keys.derive("otp")),
      guesses_(options_.keys) {}

// The names under which an identifier's codes may be stored: while the secret rotates, another replica writes another
// name.
std::vector<std::string> AuthService::names(const Identifier& identifier) const {
    std::vector<std::string> names;
    for (const crypto::Key& key : otp_keys_.all()) names.push_back(hmac(key, identifier.str()));
    return names;
}

// Codes for an identifier that were sent to the account's other channel are stored apart from those sent to the
// identifier itself.
std::vector<std::string> AuthService::detoured_names(const Identifier& identifier) const {
    std::vector<std::string> names;
    for (const crypto::Key& key : otp_keys_.all()) names.push_back(hmac(key, "detour " + identifier.str()));
    return names;
}

std::vector<std::string> AuthService::all_names(const Identifier& identifier) const {
    std::vector<std::string> all = names(identifier);
    std::ranges::copy(detoured_names(identifier), std::back_inserter(all));
    return all;
}

Task<Result<CodeRequested>> AuthService::request_code(RequestContext context, RequestCode wanted) {
    const bool phone = wanted.identifier.is_phone();
    if (wanted.channel && (*wanted.channel == CodeChannel::sms) != phone) {
        co_return fail("channel", {Rule::not_allowed, phone ? "sms" : "email"});
    }
    if (!notifications_.reaches(phone ? Channel::sms : Channel::email)) co_return fail(Code::feature_unavailable);
    if (auto limited = co_await count_by_address(context); !limited) co_return std::unexpected(limited.error());
    auto inserted = co_await database_.transact<Nothing>(
        [this, context, who = wanted.identifier](db::Transaction& tx) { return insert_code(tx, context, who); });
    if (!inserted) co_return std::unexpected(std::move(inserted.error()));
    co_return CodeRequested{code_life.count(), resend_after.count()};
}

// Counted per limit key of the client, like all requests: one subscriber has 2^64 IPv6 addresses.
Task<Result<Nothing>> AuthService::count_by_address(RequestContext context) {
    if (context.limit_key.empty()) co_return Nothing{};
    const std::string key = "otp:" + context.limit_key;
    const RateDecision decision = co_await limiter_.take(key, options_.codes_per_ip, code_window, context.deadline);
    if (!decision.allowed) co_return slow_down(decision.reset);
    co_return Nothing{};
}

Task<Result<Nothing>> AuthService::insert_code(db::Transaction& tx, RequestContext context, Identifier identifier) {
    const Instant now = clock_.now();
    const std::vector<std::string> who = all_names(identifier);
    co_await rows_.lock_identifier(tx, who);
    if (auto limited = co_await count_by_identifier(tx, who, now); !limited) co_return limited;
    const GuessLimits::Standing standing = co_await guesses_.look(tx, identifier, now);
    std::optional<Identifier> recipient = standing.recipient();
    if (recipient && !notifications_.reaches(notifications::channel_of(recipient->str()))) recipient.reset();
    const Uuid id = Uuid::v7(now);
    const std::string digits = fmt::format("{:06}", crypto::random_below(1'000'000));
    // A code without a recipient must not be guessable: no guess may match it.
    const std::string code = hmac(otp_keys_.first(), recipient ? id.str() + digits : crypto::random_token());
    const std::vector<std::string> kept_as = standing.detoured() ? detoured_names(identifier) : names(identifier);
    co_await rows_.insert_code(tx, id, kept_as.front(), code, now + code_life, now);
    if (recipient) co_await send_code(tx, *recipient, digits, context.language, now);
    co_return Nothing{};
}

bool AuthService::makes(const WaitingCode& waiting, const OneTimeCode& given) const {
    const std::string guess = waiting.id.str() + given.str();
    return otp_keys_.any_makes(waiting.code_hmac, [&guess](const crypto::Key& key) { return hmac(key, guess); });
}

Task<Result<Nothing>> AuthService::count_by_identifier(db::Transaction& tx, std::vector<std::string> who, Instant now) {
    if (const auto oldest = co_await rows_.recent_code(tx, who, codes_per_window, now - code_window)) {
        co_return slow_down(std::chrono::ceil<std::chrono::seconds>(*oldest + code_window - now));
    }
    if (!options_.codes_per_day) co_return Nothing{};
    const int daily = static_cast<int>(*options_.codes_per_day);
    if (const auto oldest = co_await rows_.recent_code(tx, who, daily, now - day)) {
        co_return slow_down(std::chrono::ceil<std::chrono::seconds>(*oldest + day - now));
    }
    co_return Nothing{};
}

Task<void> AuthService::send_code(db::Transaction& tx, Identifier to, std::string digits, Language language,
                                  Instant now) {
    co_await notifications_.send(tx,
                                 {.channel = notifications::channel_of(to.str()),
                                  .to = to.str(),
                                  .template_name = "otp",
                                  .language = language,
                                  .parameters = {digits, std::to_string(code_life / 1min)},
                                  .expires_at = now + code_life},
                                 now);
}

Task<Result<SignedIn>> AuthService::verify_code(RequestContext context, VerifyCode given) {
    const Instant now = clock_.now();
    const GuessLimits::Standing standing = co_await guesses_.look(database_, given.identifier, now);
    const std::vector<std::string> who =
        standing.detoured() ? detoured_names(given.identifier) : all_names(given.identifier);
    // The attempt is committed before the code is compared: a crash or a race gives no free guess.
    const auto waiting = co_await rows_.count_attempt(database_, who, codes_that_work, max_attempts, now);
    if (waiting.empty()) co_return fail(Code::otp_expired);
    if (!co_await guesses_.charge(database_, standing, now)) co_return fail(Code::otp_expired);
    const auto right = std::ranges::find_if(waiting, [&](const WaitingCode& code) { return makes(code, given.code); });
    if (right == waiting.end()) co_return fail(Code::otp_invalid);
    const Language language = given.locale.value_or(context.language);
    co_return co_await database_.transact<SignedIn>(
        [=, this, id = right->id, device = device_name(context.user_agent)](db::Transaction& tx) {
            guesses_.forgive(tx, standing, now);
            return sign_in(tx, id, given, device, language);
        });
}

Task<Result<SignedIn>> AuthService::sign_in(db::Transaction& tx, Uuid code, VerifyCode given, std::string device,
                                            Language language) {
    const Instant now = clock_.now();
    if (!co_await rows_.consume_code(tx, code, now)) co_return fail(Code::otp_expired);
    std::string name = given.name ? given.name->str() : std::string();
    auto [user, is_new] = co_await rows_.find_or_insert_user(tx, given.identifier, std::move(name), language, now);
    if (user.status == AccountStatus::banned) {
        auto banned = fail(Code::account_suspended);
        banned.error().keeps_effects = true;
        co_return banned;
    }
    const SessionId session = SessionId::make(now);
    co_await rows_.insert_session(tx, session, user.id, std::move(device), now);
    std::string refresh = co_await chain_.begin(tx, session, now);
    co_return SignedIn{.access_token = tokens_.issue(user.id, session, now),
                       .refresh_token = std::move(refresh),
                       .expires_in = std::chrono::seconds(access_token_life).count(),
                       .user = std::move(user),
                       .is_new = is_new};
}

Task<Result<Refreshed>> AuthService::refresh(db::Transaction& tx, RefreshTokens given) {
    const Instant now = clock_.now();
    auto rotation = co_await chain_.rotate(tx, given.refresh_token.str(), now);
    if (!rotation) co_return std::unexpected(std::move(rotation.error()));
    co_return Refreshed{tokens_.issue(rotation->user, rotation->session, now), std::move(rotation->token),
                        std::chrono::seconds(access_token_life).count()};
}

Task<Result<SessionList>> AuthService::list_sessions(Caller caller) {
    SessionList list;
    list.items = co_await rows_.list_sessions(database_, caller.id, caller.session);
    co_return list;
}

Task<Result<Nothing>> AuthService::revoke_session(Caller caller, SessionId id) {
    if (!co_await rows_.revoke_session(database_, id, caller.id, clock_.now())) co_return fail(Code::not_found);
    co_return Nothing{};
}

Task<Result<Nothing>> AuthService::logout(Caller caller) {
    co_await rows_.revoke_session(database_, caller.session, caller.id, clock_.now());
    co_return Nothing{};
}

Task<Result<Caller>> AuthService::authenticate(std::string bearer_token) {
    const auto claims = tokens_.verify(bearer_token, clock_.now());
    if (!claims) co_return std::unexpected(claims.error());
    auto caller = co_await rows_.find_caller(database_, claims->user, claims->session);
    const bool gone = !caller || caller->status == AccountStatus::banned || caller->status == AccountStatus::deleted;
    if (gone) co_return fail(Code::unauthenticated);
    caller->valid_until = claims->expires_at;
    co_return *caller;
}

Task<std::vector<SessionId>> AuthService::find_ended(std::vector<SessionId> sessions) {
    return rows_.find_ended(database_, std::move(sessions));
}

}  // namespace safargo::auth
