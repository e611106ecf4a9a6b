// Shared copies of public answers, for seconds. Never for what the caller may just have changed.
#pragma once

#include "core/task.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace safargo {

struct CachedValue {
    std::int64_t version = 0;  // of the row it was made from
    std::string value;
};

// Belongs to one thread. A cache that is unavailable misses and forgets, and never fails the caller.
class Cache {
public:
    static constexpr std::chrono::seconds longest{60};

    virtual ~Cache() = default;
    virtual Task<std::optional<CachedValue>> find(std::string_view key) = 0;
    // Not stored when a newer version is there. `kept` is at most `longest`.
    virtual Task<void> store(std::string_view key, CachedValue value, std::chrono::seconds kept) = 0;
};

}  // namespace safargo
