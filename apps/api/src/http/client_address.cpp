#include "http/client_address.hpp"

#include <charconv>
#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>

namespace safargo::http {
namespace {

using boost::asio::ip::address;
using boost::asio::ip::address_v6;

std::optional<address> parse_address(std::string_view text) {
    boost::system::error_code ec;
    const address parsed = boost::asio::ip::make_address(text, ec);
    if (ec) return std::nullopt;
    return unmapped(parsed);
}

// "192.0.2.1", "192.0.2.1:4711", "2001:db8::1", "[2001:db8::1]:4711"
std::optional<address> parse_forwarded(std::string_view entry) {
    while (!entry.empty() && (entry.front() == ' ' || entry.front() == '\t')) entry.remove_prefix(1);
    while (!entry.empty() && (entry.back() == ' ' || entry.back() == '\t')) entry.remove_suffix(1);
    if (entry.starts_with('[')) {
        const std::size_t close = entry.find(']');
        return close == std::string_view::npos ? std::nullopt : parse_address(entry.substr(1, close - 1));
    }
    const std::size_t colon = entry.find(':');
    const bool has_port = colon != std::string_view::npos && entry.find(':', colon + 1) == std::string_view::npos;
    return parse_address(has_port ? entry.substr(0, colon) : entry);
}

bool same_prefix(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b, unsigned bits) {
    for (std::size_t i = 0; i < a.size() && bits > 0; ++i) {
        const unsigned taken = bits < 8 ? bits : 8;
        const unsigned mask = 0xffU << (8 - taken) & 0xffU;
        if ((a[i] & mask) != (b[i] & mask)) return false;
        bits -= taken;
    }
    return true;
}

}  // namespace

address unmapped(const address& given) {
    if (given.is_v6() && given.to_v6().is_v4_mapped()) {
        return boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, given.to_v6());
    }
    return given;
}

TrustedProxies::TrustedProxies(const std::vector<std::string>& blocks) {
    for (const std::string& block : blocks) {
        const std::size_t slash = block.find('/');
        const auto network = parse_address(std::string_view(block).substr(0, slash));
        if (!network) throw std::invalid_argument("not an address or CIDR block: " + block);
        const unsigned widest = network->is_v4() ? 32 : 128;
        unsigned prefix = widest;
        if (slash != std::string::npos) {
            const char* end = block.data() + block.size();
            const auto [stop, error] = std::from_chars(block.data() + slash + 1, end, prefix);
            if (error != std::errc{} || stop != end || prefix > widest) {
                throw std::invalid_argument("not an address or CIDR block: " + block);
            }
        }
        blocks_.push_back({*network, prefix});
    }
}

bool TrustedProxies::contains(const address& candidate) const {
    for (const auto& [network, prefix] : blocks_) {
        if (network.is_v4() != candidate.is_v4()) continue;
        if (network.is_v4()) {
            if (same_prefix(network.to_v4().to_bytes(), candidate.to_v4().to_bytes(), prefix)) return true;
        } else if (same_prefix(network.to_v6().to_bytes(), candidate.to_v6().to_bytes(), prefix)) {
            return true;
        }
    }
    return false;
}

address TrustedProxies::client(const address& peer, const Headers& headers) const {
    address client = peer;
    if (!contains(peer)) return client;
    for (auto field = headers.rbegin(); field != headers.rend(); ++field) {
        if (!equal_ignoring_case(field->first, "X-Forwarded-For")) continue;
        std::string_view rest = field->second;
        while (!rest.empty()) {
            const std::size_t comma = rest.rfind(',');
            const auto hop = parse_forwarded(comma == std::string_view::npos ? rest : rest.substr(comma + 1));
            rest = comma == std::string_view::npos ? std::string_view() : rest.substr(0, comma);
            if (!hop) return client;
            client = *hop;
            if (!contains(client)) return client;
        }
    }
    return client;
}

std::string limit_key(const address& address) {
    if (address.is_v4()) return "ip:" + address.to_string();
    address_v6::bytes_type bytes = address.to_v6().to_bytes();
    for (std::size_t i = 8; i < bytes.size(); ++i) bytes[i] = 0;
    return "ip:" + address_v6(bytes).to_string() + "/64";
}

}  // namespace safargo::http
