#include "app/database_metrics.hpp"

#include "core/metrics.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace safargo::app {
namespace {

struct StatementMetrics {
    metrics::Histogram duration;
    metrics::Counter failures;
};

// Names are constants in code, so the map soon stops growing; each thread has its own and needs no lock.
const StatementMetrics& metrics_of(std::string_view name) {
    thread_local std::unordered_map<std::string_view, StatementMetrics> known;
    const auto found = known.find(name);
    if (found != known.end()) return found->second;
    const metrics::Labels labels{{"statement", std::string(name)}};
    return known
        .emplace(
            name,
            StatementMetrics{metrics::histogram("safargo_db_statement_duration_seconds", "Round trip of a statement",
                                                metrics::duration_bounds(), labels),
                             metrics::counter("safargo_db_statement_failures_total", "Statements that failed", labels)})
        .first->second;
}

// One pool's share of the totals of all pools with its name.
class PoolMeter {
public:
    PoolMeter(const std::string& name, std::size_t limit)
        : active_(gauge("active", "Database connections in use or being opened", name)),
          idle_(gauge("idle", "Database connections that wait to be used", name)),
          waiting_(gauge("waiting", "Requests that wait for a database connection", name)),
          limit_(gauge("limit", "Database connections that the pools may open", name)),
          size_(static_cast<double>(limit)) {
        limit_.add(size_);
    }
    PoolMeter(const PoolMeter&) = delete;
    PoolMeter& operator=(const PoolMeter&) = delete;
    ~PoolMeter() {
        show({.idle = 0, .active = 0, .waiting = 0});
        limit_.add(-size_);
    }

    void show(const db::PoolStatus& now) {
        change(idle_, last_.idle, now.idle);
        change(active_, last_.active, now.active);
        change(waiting_, last_.waiting, now.waiting);
        last_ = now;
    }

private:
    static metrics::Gauge gauge(const std::string& what, const char* help, const std::string& pool) {
        return metrics::gauge("safargo_db_connections_" + what, help, {{"pool", pool}});
    }
    static void change(const metrics::Gauge& gauge, std::size_t from, std::size_t to) {
        if (from != to) gauge.add(static_cast<double>(to) - static_cast<double>(from));
    }

    metrics::Gauge active_, idle_, waiting_, limit_;
    double size_;
    db::PoolStatus last_{.idle = 0, .active = 0, .waiting = 0};
};

void observe_statement(std::string_view name, std::chrono::nanoseconds duration, bool ok) {
    const StatementMetrics& metrics = metrics_of(name);
    metrics.duration.observe(std::chrono::duration<double>(duration).count());
    if (!ok) metrics.failures.add();
}

}  // namespace

void observe(db::Options& options) {
    options.on_statement = observe_statement;
    options.on_pool = [meter = std::make_shared<PoolMeter>(options.application_name, options.pool_size)](
                          const db::PoolStatus& now) { meter->show(now); };
}

}  // namespace safargo::app
