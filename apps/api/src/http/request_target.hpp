// The request target of a request line (RFC 9112, section 3.2).
#pragma once

#include "http/message.hpp"

#include <string_view>

namespace safargo::http {

// Sets path and query from "/p?q", "http://host/p?q" or "*" (OPTIONS only). False for anything else, for a
// fragment and for bytes that may not stand in a URI.
bool read_target(std::string_view target, std::string_view method, Request& request);

bool is_host(std::string_view value);  // a Host field's value: name or address, with or without a port, or ""

}  // namespace safargo::http
