#include "http/request_metrics.hpp"

#include "core/logging.hpp"

#include <chrono>

namespace safargo::http {
namespace {

std::string_view method_name(const Exchange& exchange) {
    return exchange.method ? name(*exchange.method) : std::string_view("other");
}

metrics::Histogram duration_of(const std::string& pattern) {
    return metrics::histogram("safargo_http_request_duration_seconds",
                              "From the end of the request's header to the beginning of the answer.",
                              metrics::duration_bounds(), {{"route", pattern}});
}

}  // namespace

RequestMetrics::RequestMetrics(const Router& router)
    : connections_(metrics::gauge("safargo_http_connections", "Connections open now.")),
      streams_(metrics::gauge("safargo_http_streams", "Event streams open now.")),
      dropped_streams_(metrics::counter("safargo_http_streams_dropped_total",
                                        "Event streams closed because their client did not read.")),
      limiter_failures_(metrics::counter("safargo_http_rate_limiter_failures_total",
                                         "Requests let through because the rate limiter could not be asked.")) {
    for (std::size_t i = 0; i < router.size(); ++i) {
        routes_.push_back({router[i].pattern, duration_of(router[i].pattern), {}});
    }
    routes_.push_back({"unmatched", duration_of("unmatched"), {}});
}

const metrics::Counter& RequestMetrics::total(PerRoute& route, const Exchange& exchange, int status) {
    const int method = exchange.method ? static_cast<int>(*exchange.method) : static_cast<int>(method_count);
    const int key = method * 1'000 + status;
    for (const auto& [known, counter] : route.totals) {
        if (known == key) return counter;
    }
    route.totals.emplace_back(key, metrics::counter("safargo_http_requests_total", "Requests answered.",
                                                    {{"method", std::string(method_name(exchange))},
                                                     {"route", route.pattern},
                                                     {"status", std::to_string(status)}}));
    return route.totals.back().second;
}

void RequestMetrics::record(const Exchange& exchange, int status, std::size_t bytes) {
    const auto took = std::chrono::steady_clock::now() - exchange.began;
    const auto microseconds = std::chrono::floor<std::chrono::microseconds>(took).count();
    PerRoute& route = exchange.match.kind == Match::Kind::found ? routes_[exchange.match.index] : routes_.back();
    total(route, exchange, status).add();
    route.duration.observe(std::chrono::duration<double>(took).count());
    const RequestContext& context = exchange.request.context;
    log::info("request", {{"method", method_name(exchange)},
                          {"route", std::string_view(route.pattern)},
                          {"status", static_cast<long long>(status)},
                          {"duration_ms", static_cast<double>(microseconds) / 1'000},
                          {"bytes", static_cast<long long>(bytes)},
                          {"request_id", std::string_view(context.request_id)},
                          {"trace_id", std::string_view(context.trace_id)}});
}

}  // namespace safargo::http
