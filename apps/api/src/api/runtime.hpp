// Services that every endpoint of one thread needs besides its own feature.
#pragma once

#include "api/authenticator.hpp"
#include "api/idempotency.hpp"
#include "contract/picture.hpp"
#include "core/clock.hpp"
#include "db/database.hpp"
#include "ports/rate_limiter.hpp"

#include <chrono>
#include <functional>

namespace safargo::api {

struct Runtime {
    db::Database& database;
    Authenticator& authenticator;
    RateLimiter& limiter;
    const Clock& clock;
    // Called after a request's transaction has committed: wakes the outbox and the search feed.
    std::function<void()> committed = [] {};
    unsigned rate_limit_per_user = 300;
    std::chrono::seconds rate_window{60};
    contract::PictureLinks pictures{};  // where answers say pictures are
    // All replicas share the key; the default works for this thread only.
    Answers answers{crypto::KeyRing(crypto::random_token()).derive("idempotency")};
};

}  // namespace safargo::api
