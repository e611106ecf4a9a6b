// The record of each request: metrics per route, and one line in the access log.
#pragma once

#include "core/metrics.hpp"
#include "http/exchange.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace safargo::http {

// One per thread; keeps metric handles, so counting needs no lookup by name.
class RequestMetrics {
public:
    explicit RequestMetrics(const Router& router);

    void record(const Exchange& exchange, int status, std::size_t bytes);  // counts and logs
    void limiter_failed() const { limiter_failures_.add(); }
    const metrics::Gauge& connections() const { return connections_; }
    const metrics::Gauge& streams() const { return streams_; }
    void stream_dropped() const { dropped_streams_.add(); }

private:
    struct PerRoute {
        std::string pattern;
        metrics::Histogram duration;
        std::vector<std::pair<int, metrics::Counter>> totals;  // by method and status; few
    };

    const metrics::Counter& total(PerRoute& route, const Exchange& exchange, int status);

    std::vector<PerRoute> routes_;  // in the router's order; the last is for requests without a route
    metrics::Gauge connections_, streams_;
    metrics::Counter dropped_streams_;
    metrics::Counter limiter_failures_;
};

}  // namespace safargo::http
