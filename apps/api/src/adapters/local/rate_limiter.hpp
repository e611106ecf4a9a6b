// The rate limiter for development and single-process deployments: one per thread, with shared counts.
#pragma once

#include "adapters/local/rate_counts.hpp"
#include "ports/rate_limiter.hpp"

#include <memory>

namespace safargo::local {

// Completes at once, whatever the deadline.
class InProcessRateLimiter final : public RateLimiter {
public:
    explicit InProcessRateLimiter(RateCounts& shared) : counts_(&shared) {}
    // With counts of its own.
    explicit InProcessRateLimiter(const Clock& clock)
        : own_(std::make_unique<RateCounts>(clock)), counts_(own_.get()) {}

private:
    Task<RateDecision> take_by(std::string_view key, unsigned limit, std::chrono::seconds window, Deadline) override {
        co_return counts_->count(key, limit, window);
    }

    std::unique_ptr<RateCounts> own_;
    RateCounts* counts_;
};

}  // namespace safargo::local
