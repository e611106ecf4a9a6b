// Counting what callers do, shared by replicas when the adapter is.
#pragma once

#include "core/task.hpp"

#include <algorithm>
#include <chrono>
#include <string_view>

namespace safargo {

struct RateDecision {
    bool allowed = true;
    unsigned limit = 0;
    unsigned remaining = 0;         // after this one
    std::chrono::seconds reset{0};  // until the window ends, rounded up
};

// Of one thread: made with its executor, used there only. What the limiters of all threads count is one count.
//
// While it cannot answer, the caller decides, the same for every adapter:
// - requests of an address (http) and of an account (api) fail open: they are served, uncounted;
// - one-time codes for an address (auth) are refused as dependency_unavailable: each costs a message, and somebody's
//   peace;
// - guesses of codes, and codes of one identifier, never ask here: PostgreSQL decides them, whatever stands in front.
class RateLimiter {
public:
    using Deadline = std::chrono::steady_clock::time_point;
    static constexpr std::chrono::milliseconds patience{50};

    virtual ~RateLimiter() = default;

    // Counts one use of `key` ("ip:192.0.2.1", "user:<id>") in a window that begins with the key's first use.
    // The key must stay valid until the task ends. Throws DependencyUnavailable where no answer came until `deadline`
    // (the request's) or within `patience`.
    Task<RateDecision> take(std::string_view key, unsigned limit, std::chrono::seconds window,
                            Deadline deadline = Deadline::max()) {
        return take_by(key, limit, window, std::min(deadline, std::chrono::steady_clock::now() + patience));
    }

private:
    // Ends by `until`.
    virtual Task<RateDecision> take_by(std::string_view key, unsigned limit, std::chrono::seconds window,
                                       Deadline until) = 0;
};

}  // namespace safargo
