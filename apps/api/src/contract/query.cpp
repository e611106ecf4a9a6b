#include "contract/query.hpp"

#include "contract/examples.hpp"
#include "core/percent_encoding.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace safargo::contract {
namespace {

Checked<std::string> decode(std::string_view text) {
    auto decoded = percent_decode(text, Plus::space);
    if (!decoded) return refuse(Rule::bad_format, "%XX");
    if (!is_valid_utf8(*decoded) || decoded->contains('\0')) return refuse(Rule::bad_encoding);
    return std::move(*decoded);
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
    // Only for required parameters: an optional value would narrow the first request of a reader of the docs page.
    const bool shown = required && in == "query";
    const std::string example = shown ? R"(,"example":)" + Examples(Components{}).of(schema, name) : "";
    return fmt::format(R"({{"name":"{}","in":"{}","required":{},"schema":{}{}}})", name, in, required, schema, example);
}

}  // namespace safargo::contract
