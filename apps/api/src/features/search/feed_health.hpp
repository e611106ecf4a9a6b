// How fresh the search index is, for the health check.
#pragma once

#include "platform/health_check.hpp"

#include <cstdint>
#include <functional>

namespace safargo::search {

struct FeedStatus {
    bool loaded = false;
    std::int64_t trips = 0;
    std::int64_t lag_ms = 0;  // since the last successful reading
};

// The check "search_index": ok, loading (an incomplete index is not served), stale (an old result is better than none).
// `status` may be called from any thread.
platform::HealthCheck health_check(std::function<FeedStatus()> status);

}  // namespace safargo::search
