// How fresh the search index is, as health tells it.
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

// The check "search_index": ok, loading (nobody is served from an index that is not complete), stale (an old answer is
// better than none). `status` may be called from any thread.
platform::HealthCheck health_check(std::function<FeedStatus()> status);

}  // namespace safargo::search
