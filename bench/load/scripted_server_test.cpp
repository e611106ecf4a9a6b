#include "load/scripted_server_test.hpp"

#include <fmt/format.h>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <cstdlib>

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

Script ok(std::string_view body) {
    return status(200, body);
}

Script status(int code, std::string_view body) {
    return {.bytes = fmt::format("HTTP/1.1 {} Said\r\nContent-Length: {}\r\n\r\n{}", code, body.size(), body)};
}

ScriptedServer::ScriptedServer(Answerer answer, Stall stall) : answer_(std::move(answer)), stall_(stall) {
    asio::co_spawn(io_, accept(), asio::detached);
    thread_ = std::jthread([this] { io_.run(); });
}

std::string ScriptedServer::url() const {
    return fmt::format("http://127.0.0.1:{}", port_);
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
        co_await wait_out_the_stall();
        const Script script = answer_(request, before);
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
    while (buffer.size() < size) {
        std::array<char, 4'096> more;
        auto [lost, count] = co_await socket.async_read_some(asio::buffer(more), as_result);
        if (lost) co_return std::string();
        buffer.append(more.data(), count);
    }
    auto request = buffer.substr(0, size);
    buffer.erase(0, size);
    const std::scoped_lock lock(mutex_);
    requests_.push_back(request);
    co_return request;
}

asio::awaitable<void> ScriptedServer::wait_out_the_stall() {
    if (stall_.period.count() == 0) co_return;
    const auto since = (std::chrono::steady_clock::now() - began_) % std::chrono::nanoseconds(stall_.period);
    if (since >= stall_.length) co_return;
    ++stalled_;
    asio::steady_timer timer(io_, stall_.length - since);
    co_await timer.async_wait(as_result);
}

}  // namespace safargo::load::testing
