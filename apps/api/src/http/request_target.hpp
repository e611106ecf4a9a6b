// The request target of a request line (RFC 9112, section 3.2).
#pragma once

#include "http/message.hpp"

#include <optional>
#include <string_view>

namespace safargo::http {

// Sets path and query from "/p?q", "http://host/p?q" or "*" (OPTIONS only), and returns the authority, "" if there is
// none. nullopt for anything else, for a fragment and for bytes not allowed in a URI.
std::optional<std::string_view> read_target(std::string_view target, std::string_view method, Request& request);

}  // namespace safargo::http
