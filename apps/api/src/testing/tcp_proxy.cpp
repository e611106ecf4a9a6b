#include "testing/tcp_proxy.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <vector>

namespace safargo::testing {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr auto use_result = asio::as_tuple(asio::use_awaitable);

struct Pair {
    explicit Pair(asio::io_context& context) : client(context), server(context) {}
    void close() {
        error_code ignored;
        client.close(ignored);
        server.close(ignored);
    }
    tcp::socket client, server;
    bool frozen = false;
};

}  // namespace

struct TcpProxy::State : std::enable_shared_from_this<State> {
    State(std::string to_host, std::uint16_t to_port)
        : context(shared_context()), acceptor(*context), host(std::move(to_host)), port(to_port) {}

    void listen() {
        acceptor.open(tcp::v4());
        acceptor.set_option(tcp::acceptor::reuse_address(true));
        acceptor.bind({asio::ip::address_v4::loopback(), own_port});
        acceptor.listen();
        own_port = acceptor.local_endpoint().port();
        asio::co_spawn(*context, accept_all(shared_from_this()), asio::detached);
    }

    static Task<void> accept_all(std::shared_ptr<State> self) {
        for (;;) {
            auto pair = std::make_shared<Pair>(*self->context);
            const auto [failed] = co_await self->acceptor.async_accept(pair->client, use_result);
            if (failed) co_return;
            pair->frozen = self->frozen;
            std::erase_if(self->pairs, [](const auto& old) { return !old->client.is_open(); });
            self->pairs.push_back(pair);
            asio::co_spawn(*self->context, forward(self, pair), asio::detached);
        }
    }

    static Task<void> forward(std::shared_ptr<State> self, std::shared_ptr<Pair> pair) {
        const tcp::endpoint target(asio::ip::make_address(self->host), self->port);
        const auto [failed] = co_await pair->server.async_connect(target, use_result);
        if (failed) {
            pair->close();
            co_return;
        }
        asio::co_spawn(*self->context, pump(self, pair, false), asio::detached);
        co_await pump(self, pair, true);
    }

    static Task<void> pump(std::shared_ptr<State> self, std::shared_ptr<Pair> pair, bool from_client) {
        tcp::socket& from = from_client ? pair->client : pair->server;
        tcp::socket& to = from_client ? pair->server : pair->client;
        std::array<char, 16'384> bytes{};
        for (;;) {
            const auto [failed, size] = co_await from.async_read_some(asio::buffer(bytes), use_result);
            if (pair->frozen) continue;
            if (failed) break;
            const auto [unwritten, written] = co_await asio::async_write(to, asio::buffer(bytes, size), use_result);
            if (unwritten) break;
            if (from_client && self->watch) self->watch({bytes.data(), size});
        }
        pair->close();
    }

    void close_all() {
        error_code ignored;
        acceptor.close(ignored);
        for (const auto& pair : pairs) {
            pair->frozen = false;
            pair->close();
        }
        pairs.clear();
    }

    std::shared_ptr<asio::io_context> context;
    tcp::acceptor acceptor;
    std::string host;
    std::uint16_t port;
    std::uint16_t own_port = 0;
    std::vector<std::shared_ptr<Pair>> pairs;
    std::function<void(std::string_view)> watch;
    bool frozen = false;
};

TcpProxy::TcpProxy(std::string host, std::uint16_t port) : state_(std::make_shared<State>(std::move(host), port)) {
    state_->listen();
}

TcpProxy::~TcpProxy() {
    state_->watch = nullptr;
    state_->close_all();
}

std::uint16_t TcpProxy::port() const {
    return state_->own_port;
}

void TcpProxy::cut() {
    state_->close_all();
}

void TcpProxy::resume() {
    state_->listen();
}

void TcpProxy::freeze() {
    state_->frozen = true;
    for (const auto& pair : state_->pairs) pair->frozen = true;
}

void TcpProxy::thaw() {
    state_->frozen = false;
}

void TcpProxy::on_client_bytes(std::function<void(std::string_view)> watch) {
    state_->watch = std::move(watch);
}

}  // namespace safargo::testing
