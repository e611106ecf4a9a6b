// A test server's end of one connection, with or without TLS.
#pragma once

#include "core/task.hpp"
#include "net/certificates_test.hpp"

#include <boost/asio/ip/tcp.hpp>

#include <string>

namespace safargo::net {

class ServerWire {
public:
    // Without `tls` it speaks in the clear.
    ServerWire(boost::asio::ip::tcp::socket socket, SSL_CTX* tls);

    Task<bool> handshake();    // false if the client refused
    Task<std::string> read();  // some bytes; "" when the client has gone
    Task<bool> write(std::string bytes);
    Task<void> say_goodbye();      // TLS's close_notify
    void close();                  // without it
    void reset();                  // RST instead of FIN
    std::string protocol() const;  // negotiated by ALPN

private:
    Task<std::string> read_raw();
    Task<bool> flush();
    Task<bool> step(int result);  // what TLS needs before it can continue; false if it cannot

    boost::asio::ip::tcp::socket socket_;
    std::unique_ptr<SSL, FreeOpenssl> ssl_;
    BIO* in_ = nullptr;  // of ssl_
    BIO* out_ = nullptr;
};

}  // namespace safargo::net
