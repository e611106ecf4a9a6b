#include "contract/query.hpp"

#include "contract/examples.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace safargo::contract {
namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

Checked<std::string> decode(std::string_view text) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded.push_back(text[i] == '+' ? ' ' : text[i]);
            continue;
        }
        const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
        const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
        if (high < 0 || low < 0) return refuse(Rule::bad_format, "%XX");
        decoded.push_back(static_cast<char>(high << 4 | low));
        i += 2;
    }
    if (!is_valid_utf8(decoded) || decoded.contains('\0')) return refuse(Rule::bad_encoding);
    return decoded;
}

std::unexpected<Error> given_twice(std::string_view name) {
    Errors errors;
    errors.add(name, {Rule::duplicate_field});
    return fail(errors.take());
}

}  // namespace

Result<QueryPairs> split_query(std::string_view query) {
    constexpr std::size_t max_parameters = 64;
    QueryPairs pairs;
    while (!query.empty()) {
        const auto ampersand = query.find('&');
        const std::string_view pair = query.substr(0, ampersand);
        query.remove_prefix(ampersand == std::string_view::npos ? query.size() : ampersand + 1);
        if (pair.empty()) continue;
        const auto equals = pair.find('=');
        auto name = decode(pair.substr(0, equals));
        if (!name) return malformed("", name.error());
        auto value =
            equals == std::string_view::npos ? Checked<std::string>(std::string()) : decode(pair.substr(equals + 1));
        if (!value) return malformed(*name, value.error());
        if (std::ranges::any_of(pairs, [&](const auto& p) { return p.first == *name; })) return given_twice(*name);
        if (pairs.size() == max_parameters) return malformed("", {Rule::too_many, std::to_string(max_parameters)});
        pairs.emplace_back(std::move(*name), std::move(*value));
    }
    return pairs;
}

std::string parameter_entry(std::string_view name, std::string_view in, bool required, const std::string& schema) {
    // Only where something must be said: what is optional would narrow the first try of whoever reads the page.
    const bool shown = required && in == "query";
    const std::string example = shown ? R"(,"example":)" + Examples(Components{}).of(schema, name) : "";
    return fmt::format(R"({{"name":"{}","in":"{}","required":{},"schema":{}{}}})", name, in, required, schema, example);
}

}  // namespace safargo::contract
