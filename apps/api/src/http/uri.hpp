// Percent-encoding and query strings, strict: what does not decode to UTF-8 without control characters is refused.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace safargo::http {

enum class Plus { literal, space };

// nullopt for a cut or non-hexadecimal escape, a control character or bytes that are not UTF-8.
std::optional<std::string> percent_decode(std::string_view text, Plus plus = Plus::literal);

// "a=1&b=%20" -> {{"a","1"},{"b"," "}} in order, duplicates kept, '+' is a space, "a" is {"a",""}, empty pairs skipped.
std::optional<std::vector<std::pair<std::string, std::string>>> parse_query(std::string_view query);

}  // namespace safargo::http
