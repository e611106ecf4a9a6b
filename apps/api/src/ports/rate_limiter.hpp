// Rate limits, shared by replicas if the adapter is.
#pragma once

#include "core/task.hpp"

#include <algorithm>
#include <chrono>
#include <string_view>

namespace safargo {

struct RateDecision {
    bool allowed = true;
    unsigned limit = 0;
    unsigned remaining = 0;         // after this use
    std::chrono::seconds reset{0};  // until the window ends, rounded up
};

// Belongs to one thread: created with its executor, used only there. The limiters of all threads share their counts.
// Ours always decide: where Redis does not answer, in process, by this replica's share of the limit. Should one be
// unavailable nevertheless, the caller decides, the same way for every adapter:
// - requests of an address (http) and of an account (api) fail open: they are served, uncounted;
// - one-time codes for an address (auth) are refused as dependency_unavailable, since each costs a message and may
//   disturb its recipient;
// - attempts at guessing codes, and codes per identifier, are counted in PostgreSQL and never here.
class RateLimiter {
public:
    using Deadline = std::chrono::steady_clock::time_point;
    static constexpr std::chrono::milliseconds patience{50};

    virtual ~RateLimiter() = default;

    // Counts one use of `key` ("ip:192.0.2.1", "user:<id>") in a window that begins with the key's first use. The key
    // must stay valid until the task ends. Throws DependencyUnavailable without an answer by `deadline` (the request's)
    // or within `patience`.
    Task<RateDecision> take(std::string_view key, unsigned limit, std::chrono::seconds window,
                            Deadline deadline = Deadline::max()) {
        return take_by(key, limit, window, std::min(deadline, std::chrono::steady_clock::now() + patience));
    }

private:
    // Must finish by `until`.
    virtual Task<RateDecision> take_by(std::string_view key, unsigned limit, std::chrono::seconds window,
                                       Deadline until) = 0;
};

}  // namespace safargo
