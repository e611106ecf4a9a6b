#include "adapters/redis/transport.hpp"

#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <stdexcept>

namespace safargo::redis {

namespace asio = boost::asio;
namespace ssl = asio::ssl;
using asio::ip::tcp;
using boost::system::error_code;

class TlsContext {
public:
    ssl::context context{ssl::context::tls_client};
};

namespace {

void close_socket(tcp::socket& socket) {
    error_code ignored;
    socket.close(ignored);
}

class Plain final : public Transport {
public:
    explicit Plain(const asio::any_io_executor& executor) : socket_(executor) {}

    Task<void> connect(tcp::endpoint endpoint, std::string) override {
        co_await socket_.async_connect(endpoint, asio::use_awaitable);
        socket_.set_option(tcp::no_delay(true));
    }
    Task<std::size_t> read_some(std::span<char> into) override {
        co_return co_await socket_.async_read_some(asio::buffer(into.data(), into.size()), asio::use_awaitable);
    }
    Task<void> write(std::string_view bytes) override {
        co_await asio::async_write(socket_, asio::buffer(bytes), asio::use_awaitable);
    }
    void close() override { close_socket(socket_); }

private:
    tcp::socket socket_;
};

class Tls final : public Transport {
public:
    Tls(const asio::any_io_executor& executor, std::shared_ptr<TlsContext> tls)
        : tls_(std::move(tls)), stream_(executor, tls_->context) {}

    Task<void> connect(tcp::endpoint endpoint, std::string host) override {
        co_await stream_.next_layer().async_connect(endpoint, asio::use_awaitable);
        stream_.next_layer().set_option(tcp::no_delay(true));
        ask_for(host);
        co_await stream_.async_handshake(ssl::stream_base::client, asio::use_awaitable);
    }
    Task<std::size_t> read_some(std::span<char> into) override {
        co_return co_await stream_.async_read_some(asio::buffer(into.data(), into.size()), asio::use_awaitable);
    }
    Task<void> write(std::string_view bytes) override {
        co_await asio::async_write(stream_, asio::buffer(bytes), asio::use_awaitable);
    }
    void close() override { close_socket(stream_.next_layer()); }

private:
    void ask_for(const std::string& host) {
        error_code is_name;
        asio::ip::make_address(host, is_name);
        if (is_name && SSL_set_tlsext_host_name(stream_.native_handle(), host.c_str()) != 1) {
            throw boost::system::system_error(asio::error::invalid_argument);
        }
        stream_.set_verify_mode(ssl::verify_peer);
        stream_.set_verify_callback(ssl::host_name_verification(host));
    }

    std::shared_ptr<TlsContext> tls_;  // outlives the stream
    ssl::stream<tcp::socket> stream_;
};

}  // namespace

std::shared_ptr<TlsContext> make_tls(const std::string& ca_file) {
    auto tls = std::make_shared<TlsContext>();
    tls->context.set_options(ssl::context::no_sslv2 | ssl::context::no_sslv3 | ssl::context::no_tlsv1 |
                             ssl::context::no_tlsv1_1);
    tls->context.set_default_verify_paths();
    if (ca_file.empty()) return tls;
    error_code failed;
    tls->context.load_verify_file(ca_file, failed);
    if (failed) throw std::invalid_argument("certificates cannot be read: " + ca_file);
    return tls;
}

std::shared_ptr<Transport> Transport::make(const asio::any_io_executor& executor,
                                           const std::shared_ptr<TlsContext>& tls) {
    if (tls) return std::make_shared<Tls>(executor, tls);
    return std::make_shared<Plain>(executor);
}

}  // namespace safargo::redis
