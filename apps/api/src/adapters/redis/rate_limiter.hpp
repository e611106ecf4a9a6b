// The rate limiter that all replicas share: one fixed window per key in Redis, beginning with the key's first use.
//
// While Redis does not answer for a key, each replica allows its share of the limit, counted in process: no use is let
// through uncounted, and none waits for a Redis that is known to be away. Whoever used up a part of the limit in Redis
// has a whole share left here, and a whole limit again if Redis comes back empty.
#pragma once

#include "adapters/local/rate_counts.hpp"
#include "adapters/redis/guard.hpp"
#include "core/metrics.hpp"
#include "ports/rate_limiter.hpp"

namespace safargo::redis {

// Never throws DependencyUnavailable.
class SharedRateLimiter final : public RateLimiter {
public:
    // `counts`: of this process. `replicas`: that share Redis, at least 1. All arguments must outlive it.
    SharedRateLimiter(Guard& guard, local::RateCounts& counts, unsigned replicas);

private:
    Task<RateDecision> take_by(std::string_view key, unsigned limit, std::chrono::seconds window,
                               Deadline until) override;
    RateDecision count_here(std::string_view key, unsigned limit, std::chrono::seconds window);

    Guard& guard_;
    local::RateCounts& counts_;
    unsigned replicas_;
    Use use_{"rate_limit"};
    metrics::Counter fallbacks_;
};

}  // namespace safargo::redis
