#include "adapters/redis/rate_limiter.hpp"

#include <algorithm>
#include <string>

namespace safargo::redis {
namespace {

// KEYS[1] holds the uses of the current window and expires with it. ARGV: limit, window in milliseconds. Returns
// whether it is allowed, the uses, and the milliseconds left. A window that lasts longer than it may (the clock of
// Redis went back, the window was shortened) or for ever begins again, so that it locks nobody out.
const Script& take_script() {
    static const Script script(R"(
local limit, window = tonumber(ARGV[1]), tonumber(ARGV[2])
local left = redis.call('PTTL', KEYS[1])
if left <= 0 or left > window then
    redis.call('SET', KEYS[1], 1, 'PX', window)
    return {1, 1, window}
end
local used = tonumber(redis.call('GET', KEYS[1]))
if used >= limit then
    return {0, used, left}
end
return {1, redis.call('INCR', KEYS[1]), left}
)");
    return script;
}

// Nothing for what the script cannot have returned: it is no reason to lock somebody out, for whatever time.
std::optional<RateDecision> decision_from(const std::optional<Reply>& reply, unsigned limit,
                                          std::chrono::milliseconds window) {
    if (!reply || reply->items.size() != 3) return std::nullopt;
    for (const Reply& item : reply->items) {
        if (item.kind != Reply::Kind::integer) return std::nullopt;
    }
    const std::int64_t allowed = reply->items[0].integer;
    const std::chrono::milliseconds left(reply->items[2].integer);
    if (allowed < 0 || allowed > 1 || left <= left.zero() || left > window) return std::nullopt;
    const auto used = static_cast<unsigned>(std::clamp<std::int64_t>(reply->items[1].integer, 0, limit));
    return RateDecision{.allowed = allowed == 1,
                        .limit = limit,
                        .remaining = limit - used,
                        .reset = std::chrono::ceil<std::chrono::seconds>(left)};
}

}  // namespace

SharedRateLimiter::SharedRateLimiter(Guard& guard, local::RateCounts& counts, unsigned replicas)
    : guard_(guard),
      counts_(counts),
      replicas_(std::max(1U, replicas)),
      fallbacks_(metrics::counter("safargo_rate_limit_fallback_total",
                                  "Uses counted in this process, since Redis did not answer for their key")) {}

Task<RateDecision> SharedRateLimiter::take_by(std::string_view key, unsigned limit, std::chrono::seconds window,
                                              Deadline until) {
    std::vector<std::string> arguments{std::to_string(limit),
                                       std::to_string(std::chrono::milliseconds(window).count())};
    std::string counter = "rate:" + std::string(key);
    const auto reply = co_await guard_.run(use_, take_script(), std::move(counter), std::move(arguments), until);
    if (const auto decision = decision_from(reply, limit, window)) co_return *decision;
    co_return count_here(key, limit, window);
}

RateDecision SharedRateLimiter::count_here(std::string_view key, unsigned limit, std::chrono::seconds window) {
    fallbacks_.add();
    return counts_.count(key, std::max(1U, limit / replicas_), window);
}

}  // namespace safargo::redis
