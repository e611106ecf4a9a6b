#include "app/database_metrics.hpp"

#include "core/metrics.hpp"

#include <string>
#include <unordered_map>

namespace safargo::app {
namespace {

struct StatementMetrics {
    metrics::Histogram duration;
    metrics::Counter failures;
};

// Names are constants of the code, so the map ends growing soon; each thread keeps its own and needs no lock.
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

}  // namespace

void observe_statement(std::string_view name, std::chrono::nanoseconds duration, bool ok) {
    const StatementMetrics& metrics = metrics_of(name);
    metrics.duration.observe(std::chrono::duration<double>(duration).count());
    if (!ok) metrics.failures.add();
}

void observe_pool(const db::PoolStatus& status, unsigned thread) {
    const std::string number = std::to_string(thread);
    const auto set = [&number](std::string state, std::size_t value) {
        metrics::gauge("safargo_db_connections", "Connections of a thread's pool",
                       {{"thread", number}, {"state", std::move(state)}})
            .set(static_cast<double>(value));
    };
    set("idle", status.idle);
    set("active", status.active);
    set("waiting", status.waiting);
}

}  // namespace safargo::app
