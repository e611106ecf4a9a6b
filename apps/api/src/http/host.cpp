#include "http/host.hpp"

#include "core/hex_digits.hpp"

#include <boost/asio/ip/address_v6.hpp>

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace safargo::http {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// unreserved and sub-delims of RFC 3986
bool is_name_character(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view("-._~!$&'()*+,;=").contains(c);
}

bool is_name(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (is_name_character(text[i])) continue;
        const bool escape =
            text[i] == '%' && i + 2 < text.size() && is_hex_digit(text[i + 1]) && is_hex_digit(text[i + 2]);
        if (!escape) return false;
        i += 2;
    }
    return !text.empty();
}

bool is_ipv6(std::string_view text) {
    boost::system::error_code failure;
    if (text.contains('%')) return false;  // a zone is only meaningful on one machine
    boost::asio::ip::make_address_v6(text, failure);
    return !failure;
}

// "v" 1*HEXDIG "." 1*( unreserved / sub-delims / ":" )
bool is_future_address(std::string_view text) {
    if (!text.starts_with('v') && !text.starts_with('V')) return false;
    const std::size_t dot = text.find('.');
    if (dot == std::string_view::npos || dot < 2 || dot + 1 == text.size()) return false;
    return std::ranges::all_of(text.substr(1, dot - 1), is_hex_digit) &&
           std::ranges::all_of(text.substr(dot + 1), [](char c) { return is_name_character(c) || c == ':'; });
}

// ":" *DIGIT, or nothing
bool is_port(std::string_view text) {
    if (text.empty() || text == ":") return true;
    if (text.front() != ':') return false;
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(text.data() + 1, text.data() + text.size(), port);
    return error == std::errc{} && end == text.data() + text.size();
}

}  // namespace

bool is_host(std::string_view value) {
    if (value.starts_with('[')) {
        const std::size_t close = value.find(']');
        if (close == std::string_view::npos || !is_port(value.substr(close + 1))) return false;
        const std::string_view address = value.substr(1, close - 1);
        return is_ipv6(address) || is_future_address(address);
    }
    const std::size_t colon = std::min(value.find(':'), value.size());
    return is_name(value.substr(0, colon)) && is_port(value.substr(colon));
}

}  // namespace safargo::http
