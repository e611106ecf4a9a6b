// Bytes to and from one node, plain or by TLS. One read and one write at a time, which never get cancelled: who wants
// to stop them closes it, since a TLS stream cannot be used after half an operation.
#pragma once

#include "core/task.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace safargo::redis {

class TlsContext;  // OpenSSL's, which stays out of the headers

// TLS 1.2 or newer, with the system's authorities and those of the PEM file (none if ""). Throws std::invalid_argument
// if the file cannot be read.
std::shared_ptr<TlsContext> make_tls(const std::string& ca_file);

class Transport {
public:
    // Without a context it is plain TCP.
    static std::shared_ptr<Transport> make(const boost::asio::any_io_executor& executor,
                                           const std::shared_ptr<TlsContext>& tls);

    virtual ~Transport() = default;
    // All throw boost::system::system_error, also once closed. The certificate must be valid for `host`.
    virtual Task<void> connect(boost::asio::ip::tcp::endpoint endpoint, std::string host) = 0;
    virtual Task<std::size_t> read_some(std::span<char> into) = 0;
    virtual Task<void> write(std::string_view bytes) = 0;
    virtual void close() = 0;
};

}  // namespace safargo::redis
