// Where a node listens, as the URL or the cluster names it: a host name or an IP address, resolved at each connection.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace safargo::redis {

struct Address {
    std::string host;  // without the brackets of an IPv6 address
    std::uint16_t port = 0;

    auto operator<=>(const Address&) const = default;
    std::string text() const;  // "host:port", for logs
};

// A host that a resolver or a certificate may be asked about: letters, digits and ".:-_%", at most 255 of them.
bool is_host(std::string_view text);
std::optional<std::uint16_t> port_of(std::string_view text);

// "host:port" as Redis writes it, where an IPv6 address has no brackets. An empty host is that of `asked`.
std::optional<Address> parse_address(std::string_view text, const Address& asked);

}  // namespace safargo::redis
