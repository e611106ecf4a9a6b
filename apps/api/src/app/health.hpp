// What SafarGo says of itself. Checks run beside the requests, so asking costs nothing and never waits for a
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

// Asks the database twice a second; the check "database" tells what it last heard, which is down until it answered.
class DatabaseWatch {
public:
    // Until `stopping`; runs on the thread of `database`.
    Task<void> run(db::Database& database, const std::atomic<bool>& stopping);

    platform::HealthCheck health_check() const;  // this must outlive it

private:
    std::atomic<bool> up_ = false;
    std::atomic<double> latency_ms_ = 0;
};

// All checks as one, in the order in which they are shown.
class HealthMonitor {
public:
    HealthMonitor(std::string version, std::vector<platform::HealthCheck> checks);

    bool serves() const;         // every system lets this replica
    std::string report() const;  // JSON: status (the worst of all findings), version, uptime_s, checks {name: finding}

private:
    std::string version_;
    std::vector<platform::HealthCheck> checks_;
    std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
};

// /api/v1/health (behind `gate`, as public routes of the API are), /health/live, /health/ready at their places in the
// router; exempt from rate limits.
void add_health_routes(http::Router& router, const HealthMonitor& monitor, const http::Readiness& readiness,
                       const api::Gate& gate);

}  // namespace safargo::app
