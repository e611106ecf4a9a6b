#include "adapters/redis/address.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace safargo::redis {

std::string Address::text() const {
    return fmt::format("{}:{}", host, port);
}

bool is_host(std::string_view text) {
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view(".:-_%").contains(c);
    };
    return !text.empty() && text.size() <= 255 && std::ranges::all_of(text, allowed);
}

std::optional<std::uint16_t> port_of(std::string_view text) {
    std::uint16_t port = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (failed != std::errc{} || end != text.data() + text.size() || port == 0) return std::nullopt;
    return port;
}

std::optional<Address> parse_address(std::string_view text, const Address& asked) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const auto port = port_of(text.substr(colon + 1));
    const std::string_view host = colon == 0 ? std::string_view(asked.host) : text.substr(0, colon);
    if (!port || !is_host(host)) return std::nullopt;
    return Address{std::string(host), *port};
}

}  // namespace safargo::redis
