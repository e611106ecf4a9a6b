#include "adapters/local/rate_counts.hpp"

#include <algorithm>
#include <functional>

namespace safargo::local {

RateCounts::RateCounts(const Clock& clock, std::size_t max_keys)
    : clock_(clock), max_per_shard_(std::max<std::size_t>(1, max_keys / shard_count)) {}

RateDecision RateCounts::count(std::string_view key, unsigned limit, std::chrono::seconds window) {
    const Instant now = clock_.now();
    Shard& shard = shards_[std::hash<std::string_view>{}(key) % shard_count];
    const std::lock_guard lock(shard.mutex);
    Window& current = window_of(shard, key, now, window);
    const bool allowed = current.used < limit;
    if (allowed) ++current.used;
    return {.allowed = allowed,
            .limit = limit,
            .remaining = limit - std::min(limit, current.used),
            .reset = std::chrono::ceil<std::chrono::seconds>(current.ends - now)};
}

std::size_t RateCounts::keys() const {
    std::size_t total = 0;
    for (const Shard& shard : shards_) {
        const std::lock_guard lock(shard.mutex);
        total += shard.windows.size();
    }
    return total;
}

RateCounts::Window& RateCounts::window_of(Shard& shard, std::string_view key, Instant now,
                                          std::chrono::seconds length) {
    const auto known = shard.by_key.find(key);
    if (known != shard.by_key.end()) {
        Window& window = *known->second;
        const bool clock_went_back = window.ends - now > length;
        if (now < window.ends && !clock_went_back) return window;
        window.ends = now + length;
        window.used = 0;
        shard.windows.splice(shard.windows.end(), shard.windows, known->second);
        return window;
    }
    if (shard.windows.size() >= max_per_shard_) {
        shard.by_key.erase(shard.windows.front().key);
        shard.windows.pop_front();
    }
    Window& made = shard.windows.emplace_back(std::string(key), now + length, 0U);
    shard.by_key.emplace(made.key, std::prev(shard.windows.end()));
    return made;
}

}  // namespace safargo::local
