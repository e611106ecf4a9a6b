#include "config/checks.hpp"

#include "core/base64.hpp"
#include "core/crypto.hpp"
#include "core/email_address.hpp"
#include "core/hex_digits.hpp"
#include "core/p256.hpp"
#include "core/vendor_signatures.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <stdexcept>
#include <string>

namespace safargo {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::optional<unsigned> number_up_to(std::string_view text, unsigned most) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value > most) return std::nullopt;
    return value;
}

std::optional<unsigned> address_bits(std::string_view text) {
    const std::string address(text);
    std::array<std::byte, sizeof(in6_addr)> parsed;
    if (inet_pton(AF_INET, address.c_str(), parsed.data()) == 1) return 32;
    if (inet_pton(AF_INET6, address.c_str(), parsed.data()) == 1) return 128;
    return std::nullopt;
}

bool is_host_name(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return is_digit(c) || is_letter(c) || c == '.' || c == '-' || c == '_';
    });
}

// "safargo.com", "db:5432", "[::1]:5432"
bool is_host_and_port(std::string_view text) {
    std::string_view host = text, port;
    const bool bracketed = text.starts_with('[');
    const std::size_t end = bracketed ? text.find(']') : text.find(':');
    if (bracketed) {
        if (end == std::string_view::npos || address_bits(text.substr(1, end - 1)) != 128U) return false;
        port = text.substr(end + 1);
    } else {
        host = text.substr(0, end);
        if (!is_host_name(host)) return false;
        port = end == std::string_view::npos ? std::string_view() : text.substr(end);
    }
    return port.empty() || (port.front() == ':' && number_up_to(port.substr(1), 65'535).value_or(0) > 0);
}

bool is_percent_encoded(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (static_cast<std::uint8_t>(text[i]) <= ' ') return false;
        if (text[i] != '%') continue;
        if (text.size() - i < 3 || !is_hex_digit(text[i + 1]) || !is_hex_digit(text[i + 2])) return false;
    }
    return true;
}

using Schemes = std::initializer_list<std::string_view>;
constexpr Schemes database_schemes{"postgresql://", "postgres://"};
constexpr Schemes redis_schemes{"rediss://", "redis://"};
constexpr Schemes service_schemes{"https://", "http://"};

std::optional<std::string_view> without_scheme(std::string_view url, Schemes schemes) {
    for (const std::string_view scheme : schemes) {
        if (url.starts_with(scheme)) return url.substr(scheme.size());
    }
    return std::nullopt;
}

struct UrlParts {
    std::string_view password, hosts, query;
};

UrlParts split(std::string_view url) {
    UrlParts parts;
    const std::size_t question = url.find('?');
    if (question != std::string_view::npos) parts.query = url.substr(question + 1);
    url = url.substr(0, question);
    const std::size_t at = url.rfind('@');
    std::string_view rest = url;
    if (at != std::string_view::npos) {
        const std::string_view user = url.substr(0, at);
        const std::size_t colon = user.find(':');
        if (colon != std::string_view::npos) parts.password = user.substr(colon + 1);
        rest = url.substr(at + 1);
    }
    parts.hosts = rest.substr(0, rest.find('/'));
    return parts;
}

// An empty list means the local socket; several hosts are tried in turn.
bool are_hosts(std::string_view hosts) {
    while (!hosts.empty()) {
        const std::size_t comma = hosts.find(',');
        const std::string_view host = hosts.substr(0, comma);
        if (!is_host_and_port(host) && !host.starts_with("%2F")) return false;
        hosts.remove_prefix(comma == std::string_view::npos ? hosts.size() : comma + 1);
    }
    return true;
}

bool are_parameters(std::string_view query) {
    while (!query.empty()) {
        const std::size_t end = query.find('&');
        const std::size_t equals = query.substr(0, end).find('=');
        if (equals == 0 || equals == std::string_view::npos) return false;
        query.remove_prefix(end == std::string_view::npos ? query.size() : end + 1);
    }
    return true;
}

}  // namespace

bool is_address(std::string_view text) {
    return address_bits(text).has_value();
}

bool is_network(std::string_view text) {
    const std::size_t slash = text.find('/');
    const auto bits = address_bits(text.substr(0, slash));
    return bits && (slash == std::string_view::npos || number_up_to(text.substr(slash + 1), *bits));
}

bool is_origin(std::string_view text) {
    const auto rest = without_scheme(text, service_schemes);
    return rest && is_host_and_port(*rest);
}

bool is_database_url(std::string_view text) {
    const auto rest = without_scheme(text, database_schemes);
    if (!rest || !is_percent_encoded(*rest)) return false;
    const UrlParts parts = split(*rest);
    return are_hosts(parts.hosts) && are_parameters(parts.query);
}

bool is_redis_url(std::string_view text) {
    const auto rest = without_scheme(text, redis_schemes);
    if (!rest || !is_percent_encoded(*rest) || rest->contains('/') || rest->contains('?')) return false;
    const UrlParts parts = split(*rest);
    return !parts.hosts.empty() && are_hosts(parts.hosts);
}

bool is_service_url(std::string_view text) {
    const auto rest = without_scheme(text, service_schemes);
    if (!rest || !is_percent_encoded(*rest) || rest->contains('/') || rest->contains('?')) return false;
    return is_host_and_port(split(*rest).hosts);
}

bool is_public_key(std::string_view text) {
    const auto der = from_base64(text);
    if (!der) return false;
    try {
        const crypto::P256PublicKey key(*der);
        return true;
    } catch (const std::invalid_argument&) {
        return false;
    }
}

bool is_private_key(std::string_view text) {
    const auto number = crypto::from_base64url(text);
    if (!number) return false;
    try {
        const crypto::P256PrivateKey key(*number);
        return true;
    } catch (const std::invalid_argument&) {
        return false;
    }
}

bool is_contact(std::string_view text) {
    constexpr std::string_view mail = "mailto:", page = "https://";
    if (text.starts_with(mail)) return EmailAddress::parse(text.substr(mail.size())).has_value();
    const std::string_view origin = text.substr(0, text.find('/', std::min(text.size(), page.size())));
    return text.starts_with(page) && is_origin(origin);
}

bool is_log_level(std::string_view text) {
    static constexpr std::array<std::string_view, 6> levels{"trace", "debug", "info", "warning", "error", "off"};
    return std::ranges::find(levels, text) != levels.end();
}

bool is_placeholder(std::string_view value) {
    static constexpr std::array<std::string_view, 5> anywhere{"changeme", "changethis", "replaceme", "placeholder",
                                                              "..."};
    static constexpr std::array<std::string_view, 7> at_front{"secret",   "your", "example", "xxxx",
                                                              "password", "<",    "${"};
    std::string text;
    for (const char c : value) {
        if (c != '-' && c != '_' && c != ' ') text.push_back(is_letter(c) ? static_cast<char>(c | 0x20) : c);
    }
    return std::ranges::any_of(anywhere, [&](std::string_view word) { return text.contains(word); }) ||
           std::ranges::any_of(at_front, [&](std::string_view word) { return text.starts_with(word); });
}

bool holds_placeholder(std::string_view url) {
    std::optional<std::string_view> rest;
    for (const Schemes& schemes : {database_schemes, redis_schemes, service_schemes}) {
        if (!rest) rest = without_scheme(url, schemes);
    }
    if (!rest) return false;
    return rest->contains("...") || rest->contains('<') || is_placeholder(split(*rest).password);
}

double guessing_bits(std::string_view secret) {
    std::array<unsigned, 256> seen{};
    for (const char c : secret) ++seen[static_cast<std::uint8_t>(c)];
    double bits = 0;
    for (const unsigned count : seen) {
        if (count > 0) bits -= count * std::log2(static_cast<double>(count) / static_cast<double>(secret.size()));
    }
    return bits;
}

}  // namespace safargo
