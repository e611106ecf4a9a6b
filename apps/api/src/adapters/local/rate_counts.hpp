// Counters shared by the threads of one process: fixed windows in a bounded number of slots.
#pragma once

#include "core/clock.hpp"
#include "ports/rate_limiter.hpp"

#include <array>
#include <cstddef>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace safargo::local {

// Thread-safe. When all slots of a shard are taken, the oldest window is dropped, so a flood of addresses takes no
// memory; the flood is then limited less, and no other client more.
class RateCounts {
public:
    explicit RateCounts(const Clock& clock, std::size_t max_keys = 100'000);

    // Blocks only for another thread's few instructions.
    RateDecision count(std::string_view key, unsigned limit, std::chrono::seconds window);

    std::size_t keys() const;  // slots in use

private:
    struct Window {
        std::string key;
        Instant ends{};
        unsigned used = 0;
    };
    struct Shard {
        mutable std::mutex mutex;
        std::list<Window> windows;                                                 // oldest first
        std::unordered_map<std::string_view, std::list<Window>::iterator> by_key;  // views into windows
    };

    Window& window_of(Shard& shard, std::string_view key, Instant now, std::chrono::seconds length);

    static constexpr std::size_t shard_count = 16;
    const Clock& clock_;
    std::size_t max_per_shard_;
    std::array<Shard, shard_count> shards_;
};

}  // namespace safargo::local
