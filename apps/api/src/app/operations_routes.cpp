#include "app/operations_routes.hpp"

#include "app/docs_page.hpp"
#include "core/crypto.hpp"
#include "core/metrics.hpp"
#include "http/forwarded.hpp"
#include "http/problem.hpp"

namespace safargo::app {
namespace {

bool is_loopback(std::string_view ip) {
    return ip.starts_with("127.") || ip == "::1";
}

bool may_read_metrics(const http::Request& request, const std::string& token) {
    if (token.empty()) return is_loopback(request.context.client_ip) && !http::was_forwarded(request.headers);
    return crypto::equal_constant_time(request.header("authorization"), "Bearer " + token);
}

Task<http::Response> answer_metrics(http::Request& request, std::string token) {
    if (!may_read_metrics(request, token))
        co_return http::problem(Error{.code = Code::unauthenticated}, request.context);
    co_return http::Response{.body = metrics::render(), .content_type = "text/plain; version=0.0.4; charset=utf-8"};
}

Task<http::Response> answer_text(std::string body, std::string type) {
    http::Response response{.body = std::move(body), .content_type = std::move(type)};
    response.headers.emplace_back("Cache-Control", "no-cache");
    response.headers.emplace_back(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'");
    co_return response;
}

}  // namespace

void add_metrics_route(http::Router& router, std::string token) {
    router.add(
        {.method = http::Method::get,
         .pattern = "/metrics",
         .handler = [token = std::move(token)](http::Request& request) { return answer_metrics(request, token); },
         .rate_limited = false});
}

void add_docs_routes(http::Router& router, std::shared_ptr<const std::string> openapi, const api::Gate& gate) {
    const auto add = [&](std::string pattern, http::Handler handler) {
        router.add({.method = http::Method::get, .pattern = std::move(pattern), .handler = gate(std::move(handler))});
    };
    add("/api/v1/openapi.json", [openapi](http::Request&) { return answer_text(*openapi, "application/json"); });
    add("/docs", [](http::Request&) { return answer_text(std::string(docs_html), "text/html; charset=utf-8"); });
    add("/docs/docs.js",
        [](http::Request&) { return answer_text(std::string(docs_script), "text/javascript; charset=utf-8"); });
    add("/docs/docs.css",
        [](http::Request&) { return answer_text(std::string(docs_style), "text/css; charset=utf-8"); });
}

}  // namespace safargo::app
