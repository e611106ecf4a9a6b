// The requested host: the value of a Host field and the authority of a request target (RFC 9112, section 3.2).
#pragma once

#include <string_view>

namespace safargo::http {

// uri-host [ ":" port ] of RFC 3986: a name, an IPv4 address or an IP literal in brackets. Empty is invalid: an http
// URI always has a host (RFC 9110, section 4.2.1).
bool is_host(std::string_view value);

}  // namespace safargo::http
