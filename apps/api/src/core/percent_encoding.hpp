// Percent-encoding (RFC 3986, section 2.1). Boost.URL decodes it too, but refuses queries we accept ("a=b|c").
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace safargo {

enum class Plus { literal, space };  // how '+' decodes: itself in a path, a space in a query

// nullopt for a truncated or non-hexadecimal escape. May yield any bytes: the caller checks that they are text.
std::optional<std::string> percent_decode(std::string_view text, Plus plus);

// Encodes everything but letters, digits, "-._~" and the characters of `kept`, with capital hexadecimal digits.
std::string percent_encode(std::string_view bytes, std::string_view kept = {});

}  // namespace safargo
