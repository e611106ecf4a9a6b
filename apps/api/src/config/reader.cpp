#include "config/reader.hpp"

#include "config/checks.hpp"

#include <algorithm>
#include <charconv>

namespace safargo {
namespace {

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    return text;
}

std::optional<unsigned> whole_number(std::string_view text) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::optional<std::chrono::seconds> parse_duration(std::string_view text) {
    unsigned scale = 1;
    if (text.ends_with('s'))
        text.remove_suffix(1);
    else if (text.ends_with('m')) {
        scale = 60;
        text.remove_suffix(1);
    } else if (text.ends_with('h')) {
        scale = 3600;
        text.remove_suffix(1);
    }
    const auto number = whole_number(text);
    if (!number || *number > 1'000'000) return std::nullopt;
    return std::chrono::seconds{static_cast<std::int64_t>(*number) * scale};
}

}  // namespace

void VariableReader::refuse(std::string_view name, std::string_view reason) {
    problems_.push_back(std::string(name) + ": " + std::string(reason));
}

std::optional<std::string> VariableReader::optional(std::string_view name) const {
    auto value = lookup_(name);
    if (value && value->empty()) return std::nullopt;
    return value;
}

std::string VariableReader::text(std::string_view name, std::string fallback) const {
    return optional(name).value_or(std::move(fallback));
}

void VariableReader::require(std::string_view name) {
    if (!optional(name)) refuse(name, "is required");
}

std::string VariableReader::secret(std::string_view name, std::size_t min_length) {
    std::string value = text(name);
    if (value.empty()) return value;
    const double weakest = 2.5 * static_cast<double>(min_length);  // random hexadecimal digits have nearly 4
    if (is_placeholder(value))
        refuse(name, "is a placeholder, set a real secret");
    else if (value.size() < min_length)
        refuse(name, "must have at least " + std::to_string(min_length) + " bytes");
    else if (guessing_bits(value) < weakest)
        refuse(name, "can be guessed, set a random secret");
    return value;
}

std::string VariableReader::database_url(std::string_view name) {
    std::string value = text(name);
    if (value.empty()) return value;
    if (holds_placeholder(value))
        refuse(name, "is a placeholder, set a real address");
    else if (!is_database_url(value))
        refuse(name, "must be a URL such as postgresql://user:password@host:5432/name");
    return value;
}

std::string VariableReader::checked(std::string_view name, std::string fallback, bool (*is_good)(std::string_view),
                                    std::string_view reason) {
    const auto value = optional(name);
    if (value && !is_good(*value)) refuse(name, reason);
    return value.value_or(std::move(fallback));
}

unsigned VariableReader::number(std::string_view name, unsigned fallback, unsigned min, unsigned max) {
    const auto text = optional(name);
    if (!text) return fallback;
    const auto value = whole_number(*text);
    if (value && *value >= min && *value <= max) return *value;
    refuse(name, "must be a whole number from " + std::to_string(min) + " to " + std::to_string(max));
    return fallback;
}

bool VariableReader::flag(std::string_view name, bool fallback) {
    const auto text = optional(name);
    if (!text) return fallback;
    const std::string value = lower(*text);
    if (value == "on" || value == "true" || value == "1") return true;
    if (value == "off" || value == "false" || value == "0") return false;
    refuse(name, "must be on or off");
    return fallback;
}

std::chrono::seconds VariableReader::duration(std::string_view name, std::chrono::seconds fallback) {
    const auto text = optional(name);
    if (!text) return fallback;
    if (const auto value = parse_duration(*text)) return *value;
    refuse(name, "must be a duration such as 90s, 30m or 24h");
    return fallback;
}

std::vector<std::string> VariableReader::list(std::string_view name, bool (*is_good)(std::string_view),
                                              std::string_view reason) {
    std::vector<std::string> items;
    std::string rest = text(name);
    while (!rest.empty()) {
        const auto comma = rest.find(',');
        std::string item = rest.substr(0, comma);
        rest.erase(0, comma == std::string::npos ? rest.size() : comma + 1);
        item.erase(0, item.find_first_not_of(' '));
        item.erase(item.find_last_not_of(' ') + 1);
        if (!item.empty()) items.push_back(std::move(item));
    }
    if (!std::ranges::all_of(items, is_good)) refuse(name, reason);
    return items;
}

}  // namespace safargo
