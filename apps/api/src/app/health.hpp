// What SafarGo says of itself. Checks run beside the requests, so asking costs nothing and never waits for a
// dependency.
#pragma once

#include "api/public_route.hpp"
#include "contract/described.hpp"
#include "core/task.hpp"
#include "db/database.hpp"
#include "http/readiness.hpp"
#include "http/router.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <string>

namespace safargo::app {

struct DependencyCheck {
    std::string status;  // ok, down, disabled
    std::optional<double> latency_ms;
};
BOOST_DESCRIBE_STRUCT(DependencyCheck, (), (status, latency_ms))

struct SearchCheck {
    std::string status;  // ok, loading, stale
    std::int64_t trips;
    std::int64_t lag_ms;
};
BOOST_DESCRIBE_STRUCT(SearchCheck, (), (status, trips, lag_ms))

struct HealthChecks {
    DependencyCheck database, redis;
    SearchCheck search_index;
};
BOOST_DESCRIBE_STRUCT(HealthChecks, (), (database, redis, search_index))

struct Health {
    std::string status;  // ok, degraded, down
    std::string version;
    std::int64_t uptime_s;
    HealthChecks checks;
};
BOOST_DESCRIBE_STRUCT(Health, (), (status, version, uptime_s, checks))

struct SearchStatus {
    bool loaded = false;
    std::int64_t trips = 0;
    std::int64_t lag_ms = 0;
};

// Shared by all threads: one writes, all read.
class HealthMonitor {
public:
    HealthMonitor(std::string version, std::function<SearchStatus()> search);

    // Asks the database twice a second until `stopping`; runs on the thread of `database`.
    Task<void> watch(db::Database& database, const std::atomic<bool>& stopping);

    Health now() const;
    bool serves() const { return database_up_ && search_().loaded; }

private:
    std::string version_;
    std::function<SearchStatus()> search_;
    std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
    std::atomic<bool> database_up_ = false;
    std::atomic<double> latency_ms_ = 0;
};

// /api/v1/health (behind `gate`, as public routes of the API are), /health/live, /health/ready at their places in the
// router; exempt from rate limits.
void add_health_routes(http::Router& router, const HealthMonitor& monitor, const http::Readiness& readiness,
                       const api::Gate& gate);

}  // namespace safargo::app
