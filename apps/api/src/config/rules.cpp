#include "config/rules.hpp"

#include "config/checks.hpp"

#include <algorithm>
#include <charconv>

namespace safargo {
namespace {

std::string lower(std::string_view text) {
    std::string folded(text);
    std::ranges::transform(folded, folded.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    return folded;
}

bool is_environment(std::string_view name) {
    return name == "production" || name == "staging" || name == "development";
}

bool is_loopback(std::string_view address) {
    return address.starts_with("127.") || address == "::1";
}

bool is_hexadecimal(std::string_view text) {
    return text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

bool is_between(std::string_view text, unsigned min, unsigned max) {
    const auto number = whole_number_of(text);
    return number && *number >= min && *number <= max;
}

bool all(const std::vector<std::string>& items, bool (*is_good)(std::string_view)) {
    return std::ranges::all_of(items, is_good);
}

std::optional<std::string> refusal_of_secret(std::string_view value, std::size_t min_length) {
    const double weakest = 2.5 * static_cast<double>(min_length);  // random hexadecimal digits have nearly 4 bits each
    if (is_placeholder(value)) return "is a placeholder, set a real secret";
    if (value.size() < min_length) return "must have at least " + std::to_string(min_length) + " bytes";
    if (guessing_bits(value) < weakest) return "is easy to guess, set a random secret";
    return std::nullopt;
}

std::optional<std::string> refusal_of_address(std::string_view value, Environment environment) {
    if (!is_address(value)) return "must be an IP address";
    if (environment == Environment::development && !is_loopback(value)) return "development binds loopback only";
    return std::nullopt;
}

bool accepts(const Rule& rule, std::string_view value) {
    switch (rule.kind) {
        case Kind::environment:
            return is_environment(value);
        case Kind::database_url:
            return is_database_url(value);
        case Kind::redis_url:
            return is_redis_url(value);
        case Kind::service_url:
            return is_service_url(value);
        case Kind::signing_key:
            return value.size() == rule.min && is_hexadecimal(value);
        case Kind::public_key:
            return is_public_key(value);
        case Kind::private_key:
            return is_private_key(value);
        case Kind::contact:
            return is_contact(value);
        case Kind::origin:
            return is_origin(value);
        case Kind::origins:
            return all(items_of(value), is_origin);
        case Kind::networks:
            return all(items_of(value), is_network);
        case Kind::whole_number:
            return is_between(value, rule.min, rule.max);
        case Kind::on_off:
            return flag_of(value).has_value();
        case Kind::duration:
            return duration_of(value).has_value();
        case Kind::log_level:
            return is_log_level(value);
        case Kind::text:
        case Kind::secret:
        case Kind::listening_address:
            break;
    }
    return true;
}

}  // namespace

std::string words(const Rule& rule) {
    switch (rule.kind) {
        case Kind::text:
            return "any text";
        case Kind::environment:
            return "production, staging or development";
        case Kind::database_url:
            return "a URL such as postgresql://user:password@host:5432/name";
        case Kind::redis_url:
            return "a URL such as rediss://:password@host:6379,host:6379";
        case Kind::service_url:
            return "a URL such as https://user:password@host:9200, without a path";
        case Kind::secret:
            return "a random secret of at least " + std::to_string(rule.min) + " bytes";
        case Kind::signing_key:
            return std::to_string(rule.min) + " hexadecimal digits";
        case Kind::public_key:
            return "a public key on the curve P-256 in base64";
        case Kind::private_key:
            return "a private key on the curve P-256: 32 bytes in base64url";
        case Kind::contact:
            return "mailto: and an address, or an address that begins with https://";
        case Kind::listening_address:
            return "an IP address";
        case Kind::origin:
            return "an origin such as https://safargo.com, without a path";
        case Kind::origins:
            return "origins such as https://safargo.com, separated by commas";
        case Kind::networks:
            return "IP addresses or CIDR blocks, separated by commas";
        case Kind::whole_number:
            return "a whole number from " + std::to_string(rule.min) + " to " + std::to_string(rule.max);
        case Kind::on_off:
            return "on or off";
        case Kind::duration:
            return "a duration such as 90s, 30m or 24h";
        case Kind::log_level:
            return "trace, debug, info, warning, error or off";
    }
    return {};
}

std::optional<std::string> refusal(const Rule& rule, std::string_view value, Environment environment) {
    if (rule.kind == Kind::secret) return refusal_of_secret(value, rule.min);
    if (rule.kind == Kind::listening_address) return refusal_of_address(value, environment);
    const bool holds_password =
        rule.kind == Kind::database_url || rule.kind == Kind::redis_url || rule.kind == Kind::service_url;
    if (holds_password && holds_placeholder(value)) return "is a placeholder, set a real address";
    if (!accepts(rule, value)) return "must be " + words(rule);
    if (rule.kind == Kind::signing_key) return refusal_of_secret(value, rule.min);
    return std::nullopt;
}

std::optional<unsigned> whole_number_of(std::string_view text) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::optional<bool> flag_of(std::string_view text) {
    const std::string value = lower(text);
    if (value == "on" || value == "true" || value == "1") return true;
    if (value == "off" || value == "false" || value == "0") return false;
    return std::nullopt;
}

std::optional<std::chrono::seconds> duration_of(std::string_view text) {
    unsigned scale = 1;
    if (text.ends_with('m')) scale = 60;
    if (text.ends_with('h')) scale = 3600;
    if (scale > 1 || text.ends_with('s')) text.remove_suffix(1);
    const auto number = whole_number_of(text);
    if (!number || *number > 1'000'000) return std::nullopt;
    return std::chrono::seconds{static_cast<std::int64_t>(*number) * scale};
}

std::vector<std::string> items_of(std::string_view text) {
    std::vector<std::string> items;
    while (!text.empty()) {
        const auto comma = text.find(',');
        std::string item(text.substr(0, comma));
        text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
        item.erase(0, item.find_first_not_of(' '));
        item.erase(item.find_last_not_of(' ') + 1);
        if (!item.empty()) items.push_back(std::move(item));
    }
    return items;
}

Environment environment_of(std::string_view text) {
    return text == "development" ? Environment::development : Environment::production;
}

}  // namespace safargo
