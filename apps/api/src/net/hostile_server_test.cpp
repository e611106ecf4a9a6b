#include "net/hostile_server_test.hpp"

#include "testing/run_task.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace safargo::net {

namespace asio = boost::asio;
using asio::ip::tcp;
constexpr auto use_result = asio::as_tuple(asio::use_awaitable);

namespace {

// The length that a whole request in `bytes` has; nullopt if more must be read.
std::optional<std::size_t> request_size(const std::string& bytes) {
    const std::size_t header_end = bytes.find("\r\n\r\n");
    if (header_end == std::string::npos) return std::nullopt;
    std::size_t body = 0;
    const std::size_t field = bytes.find("Content-Length: ");
    if (field < header_end) std::from_chars(bytes.data() + field + 16, bytes.data() + header_end, body);
    const std::size_t size = header_end + 4 + body;
    return bytes.size() >= size ? std::optional(size) : std::nullopt;
}

using TlsContext = std::unique_ptr<SSL_CTX, FreeOpenssl>;

TlsContext tls_context(const Identity* identity) {
    if (identity == nullptr) return nullptr;
    TlsContext context(SSL_CTX_new(TLS_server_method()));
    SSL_CTX_use_certificate(context.get(), identity->certificate.get());
    SSL_CTX_use_PrivateKey(context.get(), identity->key.get());
    return context;
}

int choose_http2(SSL*, const unsigned char** chosen, unsigned char* size, const unsigned char*, unsigned, void*) {
    *chosen = reinterpret_cast<const unsigned char*>("h2");
    *size = 2;
    return SSL_TLSEXT_ERR_OK;
}

}  // namespace

std::string answer(const std::string& body, const std::string& status, const std::string& header) {
    return "HTTP/1.1 " + status + "\r\n" + header + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
           body;
}

struct HostileServer::State : std::enable_shared_from_this<State> {
    explicit State(const Identity* identity)
        : context(testing::shared_context()),
          acceptor(*context, {asio::ip::address_v4::loopback(), 0}),
          port(acceptor.local_endpoint().port()),
          tls(tls_context(identity)) {}

    static Task<void> accept_all(std::shared_ptr<State> self) {
        for (;;) {
            tcp::socket socket(*self->context);
            const auto [failed] = co_await self->acceptor.async_accept(socket, use_result);
            if (failed) co_return;
            const Script script = self->scripts[std::min(self->accepted, self->scripts.size() - 1)];
            ++self->accepted;
            auto wire = std::make_shared<ServerWire>(std::move(socket), self->tls.get());
            self->open.push_back(wire);
            asio::co_spawn(*self->context, play(self, wire, script), asio::detached);
        }
    }

    static Task<void> play(std::shared_ptr<State> self, std::shared_ptr<ServerWire> wire, Script script) {
        std::string unread;
        bool lives = co_await wire->handshake();
        for (std::size_t at = 0; lives && at < script.size(); ++at) {
            if (std::holds_alternative<Again>(script[at])) at = 0;
            lives = co_await self->act(*wire, unread, script[at]);
        }
        if (lives) co_await wire->say_goodbye();
        wire->close();
        std::erase(self->open, wire);
    }

    Task<bool> act(ServerWire& wire, std::string& unread, Script::value_type step) {
        if (std::holds_alternative<Read>(step)) co_return co_await read(wire, unread);
        if (const auto* send = std::get_if<Send>(&step)) co_return co_await wire.write(send->bytes);
        if (const auto* drip = std::get_if<Drip>(&step)) co_return co_await drip_out(wire, drip->bytes);
        if (const auto* speak = std::get_if<Speak>(&step)) co_await speak->protocol(wire);
        if (std::holds_alternative<Reset>(step)) wire.reset();
        if (std::holds_alternative<Close>(step)) co_await wire.say_goodbye();
        if (std::holds_alternative<Hold>(step)) {
            while (!(co_await wire.read()).empty()) {
            }
        }
        co_return false;
    }

    Task<bool> read(ServerWire& wire, std::string& unread) {
        std::optional<std::size_t> size = request_size(unread);
        while (!size) {
            const std::string more = co_await wire.read();
            if (more.empty()) co_return false;
            unread += more;
            size = request_size(unread);
        }
        received.push_back(unread.substr(0, *size));
        unread.erase(0, *size);
        co_return true;
    }

    Task<bool> drip_out(ServerWire& wire, std::string bytes) {
        for (const char byte : bytes) {
            asio::steady_timer timer(*context, std::chrono::milliseconds(1));
            co_await timer.async_wait(use_result);
            if (!co_await wire.write(std::string(1, byte))) co_return false;
        }
        co_return true;
    }

    std::shared_ptr<asio::io_context> context;
    tcp::acceptor acceptor;
    std::uint16_t port;
    TlsContext tls;
    std::vector<Script> scripts{{Read{}, Send{answer("hello")}, Again{}}};
    std::vector<std::shared_ptr<ServerWire>> open;
    std::size_t accepted = 0;
    std::vector<std::string> received;
};

HostileServer::HostileServer(const Identity* tls) : state_(std::make_shared<State>(tls)) {
    asio::co_spawn(*state_->context, State::accept_all(state_), asio::detached);
}

HostileServer::~HostileServer() {
    boost::system::error_code ignored;
    state_->acceptor.close(ignored);
    drop();
}

void HostileServer::play(std::vector<Script> scripts) {
    state_->scripts = std::move(scripts);
    state_->accepted = 0;
}

void HostileServer::offer_http2() {
    SSL_CTX_set_alpn_select_cb(state_->tls.get(), choose_http2, nullptr);
}

void HostileServer::refuse() {
    boost::system::error_code ignored;
    state_->acceptor.close(ignored);
}

void HostileServer::drop() {
    for (const auto& wire : state_->open) wire->close();
}

std::string HostileServer::url(const std::string& path) const {
    return (state_->tls ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(port()) + path;
}

std::uint16_t HostileServer::port() const {
    return state_->port;
}

Request HostileServer::get(const std::string& path) const {
    return {.vendor = "test", .operation = "get", .url = url(path), .repeatable = true};
}

Request HostileServer::post(const std::string& body) const {
    return {.vendor = "test", .operation = "post", .method = "POST", .url = url(), .body = body};
}

std::size_t HostileServer::connections() const {
    return state_->accepted;
}

std::size_t HostileServer::open_connections() const {
    return state_->open.size();
}

const std::vector<std::string>& HostileServer::requests() const {
    return state_->received;
}

}  // namespace safargo::net
