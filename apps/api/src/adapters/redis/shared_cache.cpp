#include "adapters/redis/shared_cache.hpp"

#include <algorithm>
#include <charconv>
#include <string>

namespace safargo::redis {
namespace {

// KEYS[1]: a hash of version and value. ARGV: version, value, milliseconds. Versions are whole numbers in decimal, at
// least 0, of up to 63 bits, more than Lua's numbers hold: the longer one is greater.
const Script& store_script() {
    static const Script script(R"(
local given, held = ARGV[1], redis.call('HGET', KEYS[1], 'version')
if held and (#held > #given or (#held == #given and held > given)) then
    return 0
end
redis.call('HSET', KEYS[1], 'version', given, 'value', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1
)");
    return script;
}

std::string full_key(std::string_view key) {
    return "cache:" + std::string(key);
}

Deadline soon() {
    return std::chrono::steady_clock::now() + SharedCache::patience;
}

std::optional<CachedValue> value_from(std::optional<Reply> reply) {
    if (!reply || reply->items.size() != 2) return std::nullopt;
    const std::string& version = reply->items[0].text;
    if (reply->items[1].kind != Reply::Kind::text) return std::nullopt;
    CachedValue found{.value = std::move(reply->items[1].text)};
    const auto [end, error] = std::from_chars(version.data(), version.data() + version.size(), found.version);
    if (error != std::errc{} || end != version.data() + version.size()) return std::nullopt;
    return found;
}

}  // namespace

Task<std::optional<CachedValue>> SharedCache::find(std::string_view key) {
    std::string full = full_key(key);
    Command command{"HMGET", full, "version", "value"};
    co_return value_from(co_await guard_.ask(finding_, std::move(full), std::move(command), soon()));
}

Task<void> SharedCache::store(std::string_view key, CachedValue value, std::chrono::seconds kept) {
    if (value.version < 0 || value.value.size() > largest || kept.count() <= 0) co_return;
    const std::chrono::milliseconds life = std::min(kept, longest);
    std::vector<std::string> arguments{std::to_string(value.version), std::move(value.value),
                                       std::to_string(life.count())};
    co_await guard_.run(storing_, store_script(), full_key(key), std::move(arguments), soon());
}

}  // namespace safargo::redis
