#include "load/scripted_server_test.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/json/parse.hpp>

namespace safargo::load::testing {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

std::size_t body_size(const std::string& head) {
    const auto at = head.find("Content-Length: ");
    return at == head.npos ? 0 : std::strtoul(head.c_str() + at + 16, nullptr, 10);
}

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
    std::string buffer;
    for (unsigned before = 0;; ++before) {
        const auto request = co_await read_request(socket, buffer);
        if (request.empty()) co_return;
        if (before == 0) ++connections_;
        const Script script = answer_(before);
        co_await asio::async_write(socket, asio::buffer(script.bytes), as_result);
        if (!script.more.empty()) {
            co_await asio::post(io_, asio::use_awaitable);
            co_await asio::async_write(socket, asio::buffer(script.more), as_result);
        }
        if (script.then_close) co_return;
        if (script.then_hang) co_await asio::async_read_until(socket, asio::dynamic_buffer(buffer), '\0', as_result);
    }
}

// Nothing: the client has gone.
asio::awaitable<std::string> ScriptedServer::read_request(Socket& socket, std::string& buffer) {
    auto [failure, head] = co_await asio::async_read_until(socket, asio::dynamic_buffer(buffer), "\r\n\r\n", as_result);
    if (failure) co_return std::string();
    const auto size = head + body_size(buffer.substr(0, head));
    if (buffer.size() < size) {
        const auto rest = asio::transfer_exactly(size - buffer.size());
        auto [lost, count] = co_await asio::async_read(socket, asio::dynamic_buffer(buffer), rest, as_result);
        if (lost) co_return std::string();
    }
    auto request = buffer.substr(0, size);
    buffer.erase(0, size);
    const std::scoped_lock lock(mutex_);
    requests_.push_back(request);
    co_return request;
}

std::string get_line(std::string_view path) {
    return fmt::format(R"({{"bytes":"GET {} HTTP/1.1\r\nHost: test\r\n\r\n","expect":0}})", path) + "\n";
}

Outcome Trial::run() const {
    Mix mix(plan.seed);
    mix.add({.order = order}, Requests::parse(lines));
    return load::run(plan, mix);
}

boost::json::object Trial::report() const {
    return boost::json::parse(print_report(plan, run())).as_object();
}

Trial closed_trial(const ScriptedServer& server, unsigned connections, unsigned count) {
    Trial trial{.plan = {.target = parse_target(server.url()), .connections = connections, .mix = {{.name = "only"}}},
                .lines = "",
                .order = MixEntry::Order::once};
    trial.plan.duration = std::chrono::seconds(60);  // it ends when the lines do
    for (unsigned i = 0; i < count; ++i) trial.lines += get_line(fmt::format("/{}", i));
    return trial;
}

Trial open_trial(const ScriptedServer& server, double rate, std::chrono::milliseconds duration) {
    return {
        .plan = {.target = parse_target(server.url()), .rate = rate, .duration = duration, .mix = {{.name = "only"}}}};
}

bool adds_up(const Tally& tally) {
    return tally.sent == tally.answered() + tally.errors() + tally.dropped;
}

}  // namespace safargo::load::testing
