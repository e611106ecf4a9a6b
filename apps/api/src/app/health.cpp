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

namespace safargo::app {
namespace {

constexpr std::chrono::milliseconds check_interval{500};
constexpr std::int64_t stale_after_ms = 5'000;

std::string search_status(const SearchStatus& search) {
    if (!search.loaded) return "loading";
    return search.lag_ms > stale_after_ms ? "stale" : "ok";
}

// A watch that ended at an error it does not know would call a database up, or down, for ever.
Task<bool> is_up(db::Database& database) {
    try {
        co_return co_await database.ping();
    } catch (...) {
        log::error("database_not_asked", {{"what", std::string_view(describe_current_failure())}});
    }
    co_return false;
}

Task<http::Response> answer_health(const HealthMonitor& monitor) {
    http::Response response;
    contract::print_json(response.body, monitor.now());
    co_return response;
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

HealthMonitor::HealthMonitor(std::string version, std::function<SearchStatus()> search)
    : version_(std::move(version)), search_(std::move(search)) {}

Task<void> HealthMonitor::watch(db::Database& database, const std::atomic<bool>& stopping) {
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
    while (!stopping) {
        const auto before = std::chrono::steady_clock::now();
        const bool up = co_await is_up(database);
        latency_ms_ = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - before).count();
        if (up != database_up_.exchange(up)) {
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

Health HealthMonitor::now() const {
    const SearchStatus search = search_();
    const bool up = database_up_;
    Health health{
        .status = "ok",
        .version = version_,
        .uptime_s =
            std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - started_).count(),
        .checks = {.database = {up ? "ok" : "down", up ? std::optional(latency_ms_.load()) : std::nullopt},
                   .redis = {"disabled", std::nullopt},
                   .search_index = {search_status(search), search.trips, search.lag_ms}}};
    if (health.checks.search_index.status != "ok") health.status = "degraded";
    if (!up) health.status = "down";
    return health;
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
