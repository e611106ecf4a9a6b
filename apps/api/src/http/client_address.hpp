// Whose request it is, behind proxies we trust and behind those we do not.
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

    // The right-most address of X-Forwarded-For that is not ours, if `peer` is; otherwise the peer itself.
    // An entry that is no address ends the search: what stands left of it is anybody's word.
    boost::asio::ip::address client(const boost::asio::ip::address& peer, const Headers& headers) const;

private:
    struct Block {
        boost::asio::ip::address network;
        unsigned prefix;
    };
    std::vector<Block> blocks_;
};

boost::asio::ip::address unmapped(const boost::asio::ip::address& address);  // ::ffff:192.0.2.1 -> 192.0.2.1

// Who shares a limit: an IPv4 address, an IPv6 /64 (one subscriber has 2^64 of them). "ip:192.0.2.1"
std::string limit_key(const boost::asio::ip::address& address);

}  // namespace safargo::http
