// Handles a request between parsing and writing: identifies it, finds its route, counts it and calls the handler.
#pragma once

#include "http/client_address.hpp"
#include "http/exchange.hpp"
#include "http/identity.hpp"
#include "http/request_metrics.hpp"
#include "http/server.hpp"

#include <optional>

namespace safargo::http {

// One per thread; all arguments must outlive it.
class Dispatcher {
public:
    Dispatcher(const ServerOptions& options, const TrustedProxies& proxies, const ThreadApp& app);

    void identify(Exchange& exchange, const boost::asio::ip::address& peer);  // fills the request's context
    void route(Exchange& exchange) const;

    bool is_counted(const Exchange& exchange) const;  // whether its address is rate-limited
    Task<void> count(Exchange& exchange);

    std::optional<Response> refuse_flood(const Exchange& exchange) const;  // after counting
    // A response that needs no handler and no body: errors, OPTIONS.
    std::optional<Response> answer_early(const Exchange& exchange) const;

    Task<Response> handle(Exchange& exchange);  // throws nothing

    RequestMetrics& metrics() { return metrics_; }

private:
    const ServerOptions& options_;
    const TrustedProxies& proxies_;
    const ThreadApp& app_;
    IdSource ids_;
    RequestMetrics metrics_;
};

}  // namespace safargo::http
