#include "http/dispatcher.hpp"

#include "core/failures.hpp"
#include "core/logging.hpp"
#include "core/text.hpp"
#include "core/text_cut.hpp"
#include "http/problem.hpp"

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

#include <algorithm>
#include <string>

namespace safargo::http {
namespace {

constexpr std::size_t kept_user_agent = 256;

// Reuses the buffer; makes any input safe to log and store.
void keep_user_agent(std::string& kept, std::string_view sent) {
    if (is_valid_utf8(sent)) {
        kept.assign(cut_text(sent, kept_user_agent));
    } else {
        kept = cut_bytes(sent, kept_user_agent);
    }
}

Response options_answer(std::string allow) {
    Response response{.status = 204};
    response.headers.emplace_back("Allow", std::move(allow));
    return response;
}

void log_failure(const Exchange& exchange, std::string_view kind, std::string_view what) {
    const RequestContext& context = exchange.request.context;
    log::error("request_failed", {{"kind", kind},
                                  {"what", what},
                                  {"route", std::string_view(exchange.match.route->pattern)},
                                  {"request_id", std::string_view(context.request_id)},
                                  {"trace_id", std::string_view(context.trace_id)}});
}

}  // namespace

Dispatcher::Dispatcher(const ServerOptions& options, const TrustedProxies& proxies, const ThreadApp& app)
    : options_(options), proxies_(proxies), app_(app), metrics_(app.router) {}

void Dispatcher::identify(Exchange& exchange, const boost::asio::ip::address& peer) {
    const Request& request = exchange.request;
    RequestContext& context = exchange.request.context;
    const std::string_view given_id = request.header("X-Request-Id");
    if (is_request_id(given_id)) {
        context.request_id.assign(given_id);
    } else {
        context.request_id = ids_.next();
    }
    if (const auto trace = trace_id_of(request.header("traceparent"))) {
        context.trace_id.assign(*trace);
    } else {
        context.trace_id = ids_.next();
    }
    exchange.client = proxies_.client(peer, request.headers);
    context.client_ip = exchange.client.to_string();
    const bool free = options_.development && exchange.client.is_loopback();
    context.limit_key = free ? std::string() : limit_key(exchange.client);
    keep_user_agent(context.user_agent, request.header("User-Agent"));
    context.language = negotiate_language(request.header("Accept-Language"));
    context.caller.reset();
    exchange.request.user_rate.reset();
}

void Dispatcher::route(Exchange& exchange) const {
    if (!exchange.method) return;  // an unknown method does nothing on any path
    exchange.match = app_.router.match(*exchange.method, exchange.request.path);
    if (exchange.match.kind == Match::Kind::found) exchange.request.params = std::move(exchange.match.params);
}

bool Dispatcher::is_counted(const Exchange& exchange) const {
    if (app_.limiter == nullptr || exchange.request.context.limit_key.empty()) return false;
    return exchange.match.kind != Match::Kind::found || exchange.match.route->rate_limited;
}

Task<void> Dispatcher::count(Exchange& exchange) {
    try {
        const std::string& key = exchange.request.context.limit_key;
        exchange.rate = co_await app_.limiter->take(key, options_.rate_limit_per_ip, options_.rate_window);
    } catch (...) {
        metrics_.limiter_failed();  // fail open, see ports/rate_limiter.hpp
    }
}

std::optional<Response> Dispatcher::refuse_flood(const Exchange& exchange) const {
    if (!exchange.rate || exchange.rate->allowed) return std::nullopt;
    const auto wait = std::max(exchange.rate->reset, std::chrono::seconds(1));
    return problem({.code = Code::rate_limited, .retry_after = wait}, exchange.request.context);
}

std::optional<Response> Dispatcher::answer_early(const Exchange& exchange) const {
    const RequestContext& context = exchange.request.context;
    if (auto refusal = refuse_flood(exchange)) return refusal;
    if (!exchange.method) return problem({.code = Code::method_unknown}, context);
    if (exchange.method == Method::options && exchange.request.path == "*") {
        return options_answer("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
    }
    switch (exchange.match.kind) {
        case Match::Kind::found:
            if (!exchange.match.route->needs_login || !exchange.request.header("Authorization").empty()) {
                return std::nullopt;
            }
            return problem({.code = Code::unauthenticated}, context);
        case Match::Kind::malformed:
            return problem({.code = Code::malformed_request}, context);
        case Match::Kind::not_found:
            return problem({.code = Code::not_found}, context);
        case Match::Kind::method_not_allowed:
            break;
    }
    if (exchange.method == Method::options) return options_answer(exchange.match.allow);
    Response refusal = problem({.code = Code::method_not_allowed}, context);
    refusal.headers.emplace_back("Allow", exchange.match.allow);
    return refusal;
}

Task<Response> Dispatcher::handle(Exchange& exchange) {
    Error error{.code = Code::internal_error};
    try {
        co_return co_await exchange.match.route->handler(exchange.request);
    } catch (const DependencyUnavailable& failure) {
        error = {.code = Code::dependency_unavailable, .retry_after = std::chrono::seconds(1)};
        log_failure(exchange, "dependency_unavailable", failure.what());
    } catch (const DeadlineExceeded& failure) {
        error = {.code = Code::timeout};
        log_failure(exchange, "timeout", failure.what());
    } catch (const boost::system::system_error& failure) {
        const bool cancelled = failure.code() == boost::asio::error::operation_aborted;  // by its deadline
        if (cancelled) error = {.code = Code::timeout};
        log_failure(exchange, cancelled ? "timeout" : "internal_error", failure.what());
    } catch (const std::exception& failure) {
        log_failure(exchange, "internal_error", failure.what());
    } catch (...) {
        log_failure(exchange, "internal_error", "not a std::exception");
    }
    co_return problem(error, exchange.request.context);
}

}  // namespace safargo::http
