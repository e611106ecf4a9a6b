#include "app/health.hpp"

#include "contract/json.hpp"
#include "core/current_failure.hpp"
#include "core/error.hpp"
#include "core/logging.hpp"
#include "http/problem.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>

namespace safargo::app {
namespace {

constexpr std::chrono::milliseconds check_interval{500};
using platform::Health;
using platform::HealthCheck;
using platform::HealthFinding;

// If an unknown error ended the watch, the last state would be reported forever.
Task<bool> is_up(db::Database& database) {
    try {
        co_return co_await database.ping();
    } catch (...) {
        log::error("database_not_asked", {{"what", std::string_view(describe_current_failure())}});
    }
    co_return false;
}

Health worst_of(const std::vector<HealthFinding>& findings) {
    Health worst = Health::ok;
    for (const HealthFinding& finding : findings) worst = std::max(worst, finding.health);
    return worst;
}

Task<http::Response> answer_health(const HealthMonitor& monitor) {
    co_return http::Response{.body = monitor.report()};
}

Task<http::Response> answer_live() {
    co_return http::Response{.body = R"({"status":"ok"})"};
}

Task<http::Response> answer_ready(const HealthMonitor& monitor, const http::Readiness& readiness,
                                  http::Request& request) {
    if (readiness.ready() && monitor.serves()) co_return http::Response{.body = R"({"status":"ready"})"};
    co_return http::problem(Error{.code = Code::dependency_unavailable, .retry_after = std::chrono::seconds{1}},
                            request.context);
}

}  // namespace

Task<void> DatabaseWatch::run(db::Database& database, const std::atomic<bool>& stopping) {
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
    while (!stopping) {
        const auto before = std::chrono::steady_clock::now();
        const bool up = co_await is_up(database);
        latency_ms_ = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - before).count();
        if (up != up_.exchange(up)) {
            if (up) {
                log::info("database_up");
            } else {
                log::error("database_down");
            }
        }
        timer.expires_after(check_interval);
        co_await timer.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
    }
}

HealthCheck DatabaseWatch::health_check() const {
    return {"database", [this] {
                const bool up = up_;
                const platform::DependencyStatus status{up ? "ok" : "down",
                                                        up ? std::optional(latency_ms_.load()) : std::nullopt};
                return HealthFinding{
                    .shown = contract::to_json(status), .health = up ? Health::ok : Health::down, .serves = up};
            }};
}

HealthMonitor::HealthMonitor(std::string version, std::vector<HealthCheck> checks)
    : version_(std::move(version)), checks_(std::move(checks)) {}

bool HealthMonitor::serves() const {
    return std::ranges::all_of(checks_, [](const HealthCheck& check) { return check.now().serves; });
}

std::string HealthMonitor::report() const {
    std::vector<HealthFinding> findings;
    findings.reserve(checks_.size());
    for (const HealthCheck& check : checks_) findings.push_back(check.now());
    const auto uptime = std::chrono::steady_clock::now() - started_;
    std::string json;
    contract::Writer out(json);
    out.begin_object();
    out.key("status");
    out.string(contract::enum_name(worst_of(findings)));
    out.key("version");
    out.string(version_);
    out.key("uptime_s");
    out.integer(std::chrono::duration_cast<std::chrono::seconds>(uptime).count());
    out.key("checks");
    out.begin_object();
    for (std::size_t i = 0; i < checks_.size(); ++i) {
        out.key(checks_[i].name);
        out.raw(findings[i].shown);
    }
    out.end_object();
    out.end_object();
    return json;
}

void add_health_routes(http::Router& router, const HealthMonitor& monitor, const http::Readiness& readiness,
                       const api::Gate& gate) {
    const auto add = [&router](std::string pattern, http::Handler handler) {
        router.add({.method = http::Method::get,
                    .pattern = std::move(pattern),
                    .handler = std::move(handler),
                    .rate_limited = false});
    };
    add("/api/v1/health", gate([&monitor](http::Request&) { return answer_health(monitor); }));
    add("/health/live", [](http::Request&) { return answer_live(); });
    add("/health/ready", [&](http::Request& request) { return answer_ready(monitor, readiness, request); });
}

}  // namespace safargo::app
