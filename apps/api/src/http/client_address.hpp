// The client's address, behind trusted and untrusted proxies.
#pragma once

#include "http/message.hpp"

#include <boost/asio/ip/address.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace safargo::http {

class TrustedProxies {
public:
    // Addresses or CIDR blocks; throws std::invalid_argument for anything else.
    explicit TrustedProxies(const std::vector<std::string>& blocks);

    bool contains(const boost::asio::ip::address& address) const;

    // The right-most address of X-Forwarded-For that is not a trusted proxy, if `peer` is one; otherwise the peer
    // itself. An invalid entry ends the search: anything left of it may be forged.
    boost::asio::ip::address client(const boost::asio::ip::address& peer, const Headers& headers) const;

private:
    struct Block {
        boost::asio::ip::address network;
        unsigned prefix;
    };
    std::vector<Block> blocks_;
};

boost::asio::ip::address unmapped(const boost::asio::ip::address& address);  // ::ffff:192.0.2.1 -> 192.0.2.1

// Clients that share a limit: one IPv4 address, or one IPv6 /64 (a single subscriber has 2^64 addresses).
// "ip:192.0.2.1"
std::string limit_key(const boost::asio::ip::address& address);

}  // namespace safargo::http
