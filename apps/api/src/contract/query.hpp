// Parses the query string into a described struct of scalars and optional scalars.
#pragma once

#include "contract/described.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace safargo::contract {

using QueryPairs = std::vector<std::pair<std::string, std::string>>;

// application/x-www-form-urlencoded ("+" is a space). Broken percent escapes, invalid UTF-8 and NUL are
// malformed_request; a duplicate name is validation_failed.
Result<QueryPairs> split_query(std::string_view query);

template <class T, class Member>
void read_parameter(const QueryPairs& pairs, Errors& errors, T& out, Member member) {
    using Field = std::remove_cvref_t<decltype(out.*member.pointer)>;
    for (const auto& [name, text] : pairs) {
        if (name != member.name) continue;
        errors.within(name, [&] {
            if (auto value = accept(Codec<Field>::from_text(text), errors)) out.*member.pointer = std::move(*value);
        });
        return;
    }
    if constexpr (!may_be_absent<Field>) errors.add(member.name, {Rule::required});
}

template <class T>
Result<T> parse_query(std::string_view query) {
    auto pairs = split_query(query);
    if (!pairs) return std::unexpected(std::move(pairs.error()));
    Errors errors;
    T value{};
    boost::mp11::mp_for_each<Members<T>>([&](auto member) { read_parameter(*pairs, errors, value, member); });
    for (const auto& [name, unused] : *pairs) {
        if (!has_member<T>(name)) errors.add(name, {Rule::unknown_field});
    }
    if (!errors.empty()) return std::unexpected(errors.take());
    return value;
}

// The OpenAPI parameters of the same struct: the contents of a JSON array.
std::string parameter_entry(std::string_view name, std::string_view in, bool required, const std::string& schema);

template <class T>
std::string query_parameters(Components& components) {
    std::string entries;
    boost::mp11::mp_for_each<Members<T>>([&](auto member) {
        using Field = std::remove_cvref_t<decltype(std::declval<T&>().*member.pointer)>;
        if (!entries.empty()) entries += ',';
        if constexpr (may_be_absent<Field>) {
            entries += parameter_entry(member.name, "query", false,
                                       Codec<typename Field::value_type>::schema(components, Direction::request));
        } else {
            entries +=
                parameter_entry(member.name, "query", true, Codec<Field>::schema(components, Direction::request));
        }
    });
    return entries;
}

}  // namespace safargo::contract
