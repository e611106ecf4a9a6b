// Percent-encoding (RFC 3986, section 2.1). Boost.URL reads it too, but refuses queries that we serve ("a=b|c").
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace safargo {

enum class Plus { literal, space };  // what a '+' means: itself in a path, a space in a query

// nullopt for a cut or non-hexadecimal escape. Any bytes may come out: the caller checks that they are text.
std::optional<std::string> percent_decode(std::string_view text, Plus plus);

}  // namespace safargo
