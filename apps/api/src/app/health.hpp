// The health of the process. Checks run in the background, so a health request is cheap and never waits for a
// dependency.
#pragma once

#include "api/public_route.hpp"
#include "core/task.hpp"
#include "db/database.hpp"
#include "http/readiness.hpp"
#include "http/router.hpp"
#include "platform/health_check.hpp"

#include <atomic>
#include <chrono>
#include <string>
#include <vector>

namespace safargo::app {

// Pings the database twice a second; the check "database" reports the last result, which is down until the first
// success.
class DatabaseWatch {
public:
    // Runs until `stopping`, on the thread of `database`.
    Task<void> run(db::Database& database, const std::atomic<bool>& stopping);

    platform::HealthCheck health_check() const;  // this object must outlive it

private:
    std::atomic<bool> up_ = false;
    std::atomic<double> latency_ms_ = 0;
};

// All checks combined, in display order.
class HealthMonitor {
public:
    HealthMonitor(std::string version, std::vector<platform::HealthCheck> checks);

    bool serves() const;         // whether every system lets this replica serve
    std::string report() const;  // JSON: status (the worst of all findings), version, uptime_s, checks {name: finding}

private:
    std::string version_;
    std::vector<platform::HealthCheck> checks_;
    std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
};

// /api/v1/health (behind `gate`, as all public API routes), /health/live and /health/ready at the router's root; exempt
// from rate limits.
void add_health_routes(http::Router& router, const HealthMonitor& monitor, const http::Readiness& readiness,
                       const api::Gate& gate);

}  // namespace safargo::app
