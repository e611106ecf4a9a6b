#include "net/public_address.hpp"

#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace safargo::net {
namespace {

using Bytes16 = std::array<std::uint8_t, 16>;

struct Range {
    std::uint32_t first;
    int bits;
};

// IANA's special-purpose registry, and what is above.
constexpr Range not_public[] = {
    {0x00000000, 8},   // this network
    {0x0a000000, 8},   // private
    {0x64400000, 10},  // shared by a provider's customers
    {0x7f000000, 8},   // loopback
    {0xa9fe0000, 16},  // link-local, cloud metadata among it
    {0xac100000, 12},  // private
    {0xc0000000, 24},  // protocol assignments
    {0xc0000200, 24},  // documentation
    {0xc0586300, 24},  // relays of 6to4
    {0xc0a80000, 16},  // private
    {0xc6120000, 15},  // benchmarks
    {0xc6336400, 24},  // documentation
    {0xcb007100, 24},  // documentation
    {0xe0000000, 3}    // multicast, reserved, broadcast
};

bool is_public_v4(std::uint32_t address) {
    return std::ranges::none_of(not_public, [address](const Range& range) {
        return (address >> (32 - range.bits)) == (range.first >> (32 - range.bits));
    });
}

std::uint32_t v4_at(const Bytes16& bytes, std::size_t at) {
    std::uint32_t address = 0;
    for (std::size_t i = at; i < at + 4; ++i) address = address << 8 | bytes[i];
    return address;
}

template <std::size_t Size>
bool begins(const Bytes16& bytes, const std::array<std::uint8_t, Size>& prefix) {
    return std::equal(prefix.begin(), prefix.end(), bytes.begin());
}

// Only global unicast (2000::/3) is public, and of it no tunnel, documentation or protocol assignment.
bool is_public_v6(const Bytes16& bytes) {
    if (begins<12>(bytes, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff})) return is_public_v4(v4_at(bytes, 12));
    if (begins<12>(bytes, {0x00, 0x64, 0xff, 0x9b})) return is_public_v4(v4_at(bytes, 12));
    if (begins<2>(bytes, {0x20, 0x02})) return is_public_v4(v4_at(bytes, 2));
    if (begins<4>(bytes, {0x20, 0x01, 0x0d, 0xb8}) || begins<2>(bytes, {0x3f, 0xff})) return false;
    if (begins<2>(bytes, {0x20, 0x01}) && bytes[2] < 2) return false;
    return bytes[0] >> 5 == 1;
}

}  // namespace

bool is_public(const sockaddr& address) {
    if (address.sa_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, &address, sizeof v4);
        return is_public_v4(ntohl(v4.sin_addr.s_addr));
    }
    if (address.sa_family != AF_INET6) return false;
    sockaddr_in6 v6{};
    std::memcpy(&v6, &address, sizeof v6);
    Bytes16 bytes{};
    std::memcpy(bytes.data(), &v6.sin6_addr, bytes.size());
    return is_public_v6(bytes);
}

}  // namespace safargo::net
