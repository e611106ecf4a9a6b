#include "net/server_wire_test.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <utility>

namespace safargo::net {

namespace asio = boost::asio;
constexpr auto use_result = asio::as_tuple(asio::use_awaitable);

ServerWire::ServerWire(asio::ip::tcp::socket socket, SSL_CTX* tls) : socket_(std::move(socket)) {
    if (tls == nullptr) return;
    ssl_.reset(SSL_new(tls));
    in_ = BIO_new(BIO_s_mem());
    out_ = BIO_new(BIO_s_mem());
    SSL_set_bio(ssl_.get(), in_, out_);
    SSL_set_accept_state(ssl_.get());
}

Task<std::string> ServerWire::read_raw() {
    std::array<char, 16'384> bytes{};
    const auto [failed, size] = co_await socket_.async_read_some(asio::buffer(bytes), use_result);
    co_return failed ? std::string() : std::string(bytes.data(), size);
}

Task<bool> ServerWire::flush() {
    char* bytes = nullptr;
    const long size = BIO_get_mem_data(out_, &bytes);
    if (size <= 0) co_return true;
    const std::string sent(bytes, static_cast<std::size_t>(size));
    static_cast<void>(BIO_reset(out_));
    const auto [failed, written] = co_await asio::async_write(socket_, asio::buffer(sent), use_result);
    co_return !failed;
}

Task<bool> ServerWire::step(int result) {
    const int reason = SSL_get_error(ssl_.get(), result);
    if (!co_await flush() || reason != SSL_ERROR_WANT_READ) co_return false;
    const std::string more = co_await read_raw();
    if (more.empty()) co_return false;
    BIO_write(in_, more.data(), static_cast<int>(more.size()));
    co_return true;
}

Task<bool> ServerWire::handshake() {
    if (!ssl_) co_return true;
    for (;;) {
        const int result = SSL_do_handshake(ssl_.get());
        if (result == 1) co_return co_await flush();
        if (!co_await step(result)) co_return false;
    }
}

Task<std::string> ServerWire::read() {
    if (!ssl_) co_return co_await read_raw();
    std::array<char, 16'384> bytes{};
    for (;;) {
        const int result = SSL_read(ssl_.get(), bytes.data(), static_cast<int>(bytes.size()));
        if (result > 0) co_return std::string(bytes.data(), static_cast<std::size_t>(result));
        if (!co_await step(result)) co_return std::string();
    }
}

Task<bool> ServerWire::write(std::string bytes) {
    if (ssl_) {
        SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size()));
        co_return co_await flush();
    }
    const auto [failed, written] = co_await asio::async_write(socket_, asio::buffer(bytes), use_result);
    co_return !failed;
}

Task<void> ServerWire::say_goodbye() {
    if (!ssl_) co_return;
    SSL_shutdown(ssl_.get());
    co_await flush();
}

void ServerWire::close() {
    boost::system::error_code ignored;
    socket_.close(ignored);
}

void ServerWire::reset() {
    boost::system::error_code ignored;
    socket_.set_option(asio::socket_base::linger(true, 0), ignored);
    socket_.close(ignored);
}

std::string ServerWire::protocol() const {
    const unsigned char* name = nullptr;
    unsigned size = 0;
    if (ssl_) SSL_get0_alpn_selected(ssl_.get(), &name, &size);
    return {reinterpret_cast<const char*>(name), size};
}

}  // namespace safargo::net
