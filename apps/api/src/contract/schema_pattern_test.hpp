// For tests: whether the pattern of a published schema accepts a sample.
#pragma once

#include "core/characters.hpp"

#include <regex>
#include <string>
#include <string_view>

namespace safargo::contract::testing {

// The value of "pattern" in a schema, as a regular expression.
inline std::string pattern_of(std::string_view schema) {
    constexpr std::string_view key = R"("pattern":")";
    const std::size_t begin = schema.find(key) + key.size();
    std::string text(schema.substr(begin, schema.find('"', begin) - begin));
    for (std::size_t at = text.find("\\\\"); at != std::string::npos; at = text.find("\\\\", at + 1)) text.erase(at, 1);
    return text;
}

// Code points, which patterns match.
inline std::wstring wide(std::string_view utf8) {
    std::wstring text;
    while (!utf8.empty()) text.push_back(static_cast<wchar_t>(take_character(utf8)));
    return text;
}

// Uses the first pattern of the schema.
inline bool lets_pass(std::string_view schema, std::string_view sample) {
    return std::regex_search(wide(sample), std::wregex(wide(pattern_of(schema))));
}

}  // namespace safargo::contract::testing
