#include "http/sample_server_test.hpp"

#include "core/failures.hpp"

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <stdexcept>
#include <thread>

namespace safargo::http::testing {
namespace {

using namespace std::chrono_literals;

Task<Response> hello(Request&) {
    co_return Response{.body = R"({"hello":true})"};
}

Task<Response> echo(Request& request) {
    co_return Response{.status = 201, .body = std::move(request.body), .content_type = "text/plain"};
}

Task<Response> trip(Request& request) {
    co_return Response{.body = std::string(request.params["id"]) + "?" + request.query, .content_type = "text/plain"};
}

Task<Response> show_context(Request& request) {
    const RequestContext& context = request.context;
    const bool in_time = context.deadline > std::chrono::steady_clock::now();
    co_return Response{.body = context.request_id + "|" + context.trace_id + "|" + context.client_ip + "|" +
                               std::string(code(context.language)) + "|" + context.user_agent + "|" +
                               (in_time ? "in time" : "late"),
                       .content_type = "text/plain"};
}

Task<Response> tagged(Request&) {
    co_return Response{.body = std::string(20'000, 'a'), .headers = {{"ETag", "\"v1\""}}};
}

Task<Response> picture(Request&) {
    co_return Response{.body = std::string(20'000, 'a'), .content_type = "image/jpeg"};
}

Task<Response> sized(Request& request) {
    co_return Response{.body = std::string(std::stoul(std::string(request.params["bytes"])), 'a')};
}

// Not what gzip makes of it, so that a test sees which one was sent.
Task<Response> packed(Request&) {
    co_return Response{.body = std::string(2'000, 'a'),
                       .headers = {{"ETag", "\"v1\""}},
                       .gzipped = std::make_shared<const std::string>("packed beforehand")};
}

Task<Response> page(Request&) {
    co_return Response{.body = "<p>",
                       .content_type = "text/html; charset=utf-8",
                       .headers = {{"content-security-policy", "default-src 'self'"},
                                   {"Cache-Control", "public, max-age=60"},
                                   {"Vary", "Cookie"}}};
}

Task<Response> splitting(Request&) {
    co_return Response{.headers = {{"Location", "/a\r\nSet-Cookie: stolen"}}};
}

// Counts a user with `left` requests left, as the api layer does.
Task<Response> count_user(Request& request) {
    const auto left = static_cast<unsigned>(std::stoul(std::string(request.params["left"])));
    request.user_rate = RateDecision{.allowed = left > 0, .limit = 300, .remaining = left, .reset = 7s};
    co_return Response{};
}

Task<Response> gone(Request&) {
    co_return Response{.status = 204, .body = "not sent"};
}

Task<Response> fail(Request& request) {
    const std::string_view kind = request.params["kind"];
    if (kind == "dependency") throw DependencyUnavailable("database", "secret detail");
    if (kind == "deadline") throw DeadlineExceeded("secret detail");
    if (kind == "int") throw 42;
    throw std::runtime_error("secret detail");
    co_return Response{};
}

Task<Response> held(std::shared_ptr<Gate> gate) {
    gate->arrive();
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
    while (!gate->is_open()) {
        timer.expires_after(1ms);
        co_await timer.async_wait(boost::asio::use_awaitable);
    }
    co_return Response{.body = "\"held\""};
}

// Like a COMMIT: completes although the handler's time is up.
Task<Response> committing(Request& request) {
    namespace this_coro = boost::asio::this_coro;
    boost::asio::steady_timer timer(co_await this_coro::executor);
    co_await this_coro::reset_cancellation_state(boost::asio::disable_cancellation());
    timer.expires_at(request.context.deadline + 200ms);
    co_await timer.async_wait(boost::asio::use_awaitable);
    co_await this_coro::reset_cancellation_state(boost::asio::enable_terminal_cancellation());
    co_return Response{.body = "\"committed\""};
}

// Ignores its cancellation.
Task<Response> stubborn(std::shared_ptr<Gate> gate) {
    co_await boost::asio::this_coro::reset_cancellation_state(boost::asio::disable_cancellation());
    co_return co_await held(gate);
}

void add_gets(Router& router) {
    const std::pair<const char*, Task<Response> (*)(Request&)> gets[] = {
        {"/hello", hello},      {"/trips/{id}", trip},       {"/context", show_context},
        {"/tagged", tagged},    {"/picture", picture},       {"/sized/{bytes}", sized},
        {"/page", page},        {"/splitting", splitting},   {"/gone", gone},
        {"/fail/{kind}", fail}, {"/committing", committing}, {"/packed", packed}};
    for (const auto& [pattern, handler] : gets) {
        router.add({.method = Method::get, .pattern = pattern, .handler = handler});
    }
    router.add({.method = Method::get, .pattern = "/health", .handler = hello, .rate_limited = false});
}

}  // namespace

void Gate::wait_for(int arrivals) const {
    for (int now = arrived_.load(); now < arrivals; now = arrived_.load()) arrived_.wait(now);
}

Task<RateDecision> CountingLimiter::take_by(std::string_view key, unsigned limit, std::chrono::seconds window,
                                            Deadline) {
    if (throws_a_number) throw 42;
    if (broken) throw DependencyUnavailable("limiter", "down");
    const std::lock_guard lock(mutex_);
    unsigned& used = used_[std::string(key)];
    const bool allowed = used < limit;
    if (allowed) ++used;
    co_return RateDecision{.allowed = allowed, .limit = limit, .remaining = limit - used, .reset = window};
}

unsigned CountingLimiter::used(const std::string& key) const {
    const std::lock_guard lock(mutex_);
    const auto found = used_.find(key);
    return found == used_.end() ? 0 : found->second;
}

SampleServer::SampleServer(ServerOptions options)
    : server(
          std::move(options), [this](boost::asio::io_context& io, unsigned thread) { return build(io, thread); },
          readiness) {
    server.start();
    readiness.set_ready();
}

ThreadApp SampleServer::build(boost::asio::io_context& io, unsigned) {
    ThreadApp app{.router = Router(), .limiter = &limiter, .services = gate};
    add_gets(app.router);
    stage->add_routes(app.router, io);
    app.router.add({.method = Method::post, .pattern = "/echo", .handler = echo});
    app.router.add({.method = Method::post, .pattern = "/mine", .handler = echo, .needs_login = true});
    app.router.add(
        {.method = Method::post, .pattern = "/held", .handler = [gate = gate](Request&) { return held(gate); }});
    app.router.add(
        {.method = Method::get, .pattern = "/stubborn", .handler = [gate = gate](Request&) { return stubborn(gate); }});
    app.router.add({.method = Method::get, .pattern = "/user/{left}", .handler = count_user});
    app.router.add({.method = Method::put, .pattern = "/small", .handler = echo, .max_body = 10});
    app.router.add({.method = Method::get,
                    .pattern = "/held",
                    .handler = [gate = gate](Request&) { return held(gate); },
                    .rate_limited = false});
    return app;
}

void SampleServer::wait_for_connections(std::size_t open) const {
    const auto end = std::chrono::steady_clock::now() + 20s;
    while (server.connections() != open) {
        if (std::chrono::steady_clock::now() > end)
            throw std::runtime_error("the number of connections did not settle");
        std::this_thread::sleep_for(1ms);
    }
}

}  // namespace safargo::http::testing
