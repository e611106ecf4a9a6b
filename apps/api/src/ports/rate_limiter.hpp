// Counting what callers do, shared by replicas when the adapter is.
#pragma once

#include "core/task.hpp"

#include <chrono>
#include <string_view>

namespace safargo {

struct RateDecision {
    bool allowed = true;
    unsigned limit = 0;
    unsigned remaining = 0;         // after this one
    std::chrono::seconds reset{0};  // until the window ends, rounded up
};

class RateLimiter {
public:
    virtual ~RateLimiter() = default;

    // Counts one use of `key` ("ip:192.0.2.1", "user:<id>") in a window that begins with the key's first use.
    // The key must stay valid until the task ends. May throw DependencyUnavailable.
    virtual Task<RateDecision> take(std::string_view key, unsigned limit, std::chrono::seconds window) = 0;
};

}  // namespace safargo
