#include "load/scripted_server_test.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/json/parse.hpp>

namespace safargo::load::testing {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

}  // namespace

Script status(int code, std::string_view body) {
    return {.bytes = fmt::format("HTTP/1.1 {} Said\r\nContent-Length: {}\r\n\r\n{}", code, body.size(), body)};
}

ScriptedServer::ScriptedServer(Answerer answer) : answer_(std::move(answer)) {
    asio::co_spawn(io_, accept(), asio::detached);
    thread_ = std::jthread([this] { io_.run(); });
}

std::vector<std::string> ScriptedServer::requests() const {
    const std::scoped_lock lock(mutex_);
    return requests_;
}

asio::awaitable<void> ScriptedServer::accept() {
    for (;;) {
        auto [failure, socket] = co_await acceptor_.async_accept(as_result);
        if (failure) co_return;
        socket.set_option(tcp::no_delay(true));
        asio::co_spawn(io_, serve(std::move(socket)), asio::detached);
    }
}

asio::awaitable<void> ScriptedServer::serve(Socket socket) {
    boost::beast::flat_buffer buffer;
    for (unsigned before = 0;; ++before) {
        http::request_parser<http::string_body> request;
        request.body_limit(boost::none);
        auto [gone, size] = co_await http::async_read(socket, buffer, request, as_result);
        if (gone) co_return;
        if (before == 0) ++connections_;
        note(std::string(request.get().target()) + " " + request.get().body());
        const Script script = answer_(before);
        co_await asio::async_write(socket, asio::buffer(script.bytes), as_result);
        if (!script.more.empty()) {
            co_await asio::post(io_, asio::use_awaitable);
            co_await asio::async_write(socket, asio::buffer(script.more), as_result);
        }
        if (script.then_close) co_return;
        if (script.then_hang) co_await socket.async_wait(Socket::wait_read, as_result);
    }
}

void ScriptedServer::note(std::string request) {
    const std::scoped_lock lock(mutex_);
    requests_.push_back(std::move(request));
}

std::string get_line(std::string_view path) {
    return fmt::format(R"({{"bytes":"GET {} HTTP/1.1\r\nHost: test\r\n\r\n","expect":0}})", path) + "\n";
}

Outcome Trial::run() const {
    Mix mix(plan.seed);
    mix.add({.order = order}, parse_requests(lines));
    return load::run(plan, mix);
}

boost::json::object Trial::report() const {
    return boost::json::parse(print_report(plan, run())).as_object();
}

Trial closed_trial(const ScriptedServer& server, unsigned connections, unsigned count) {
    Trial trial{.plan = {.target = server.endpoint(), .connections = connections, .mix = {{.name = "only"}}},
                .lines = "",
                .order = MixEntry::Order::once};
    trial.plan.duration = std::chrono::seconds(60);  // it ends when the lines do
    for (unsigned i = 0; i < count; ++i) trial.lines += get_line(fmt::format("/{}", i));
    return trial;
}

Trial open_trial(const ScriptedServer& server, double rate, std::chrono::milliseconds duration) {
    return {.plan = {.target = server.endpoint(), .rate = rate, .duration = duration, .mix = {{.name = "only"}}}};
}

bool adds_up(const Tally& tally) {
    return tally.sent == tally.answered() + tally.errors() + tally.dropped;
}

}  // namespace safargo::load::testing
