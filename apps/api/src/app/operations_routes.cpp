#include "app/operations_routes.hpp"

#include "contract/writer.hpp"
#include "core/crypto.hpp"
#include "core/metrics.hpp"
#include "http/forwarded.hpp"
#include "http/problem.hpp"
#include "pages/pages.hpp"

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

Task<http::Response> answer_json(std::shared_ptr<const std::string> body) {
    http::Response response{.body = *body};
    response.headers.emplace_back("Cache-Control", "no-cache");
    co_return response;
}

std::string as_json(std::span<const seed::DemoAccount> accounts) {
    std::string body;
    contract::Writer out(body);
    out.begin_array();
    for (const seed::DemoAccount& account : accounts) {
        out.begin_object();
        for (const auto& [name, value] :
             {std::pair{"role", account.role}, {"name", account.name}, {"phone", account.phone}}) {
            out.key(name);
            out.string(value);
        }
        out.end_object();
    }
    out.end_array();
    return body;
}

}  // namespace

void add_metrics_route(http::Router& router, std::string token) {
    router.add(
        {.method = http::Method::get,
         .pattern = "/metrics",
         .handler = [token = std::move(token)](http::Request& request) { return answer_metrics(request, token); },
         .rate_limited = false});
}

void add_docs_routes(http::Router& router, std::shared_ptr<const std::string> openapi,
                     std::span<const seed::DemoAccount> demo_accounts, const api::Gate& gate) {
    const auto add = [&](std::string pattern, http::Handler handler) {
        router.add({.method = http::Method::get, .pattern = std::move(pattern), .handler = gate(std::move(handler))});
    };
    const auto accounts = std::make_shared<const std::string>(as_json(demo_accounts));
    add("/api/v1/openapi.json", [openapi](http::Request&) { return answer_json(openapi); });
    add("/docs/accounts.json", [accounts](http::Request&) { return answer_json(accounts); });
    add("/docs", pages::page("docs/index.html"));
    for (const pages::File& file : pages::files()) {
        const bool loaded = file.name.starts_with("docs/") && !file.name.ends_with(".html");
        if (loaded) add('/' + std::string(file.name), pages::page(file.name));
    }
}

}  // namespace safargo::app
