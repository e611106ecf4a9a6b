// What one thread does with Redis.
#pragma once

#include "adapters/redis/rate_limiter.hpp"
#include "adapters/redis/shared_cache.hpp"

namespace safargo::redis {

class Stores {
public:
    // `standing` and `counts`: of the whole process. `replicas` share Redis.
    Stores(boost::asio::any_io_executor executor, ClientOptions options, Standing& standing, local::RateCounts& counts,
           unsigned replicas)
        : guard_(executor, std::make_shared<ClientCommands>(std::make_shared<Client>(executor, std::move(options))),
                 standing),
          limiter_(guard_, counts, replicas),
          cache_(guard_) {}

    RateLimiter& limiter() { return limiter_; }
    Cache& cache() { return cache_; }

private:
    Guard guard_;
    SharedRateLimiter limiter_;
    SharedCache cache_;
};

}  // namespace safargo::redis
