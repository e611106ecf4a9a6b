// What may be sent at all. A request is made by our own code, so that a refusal is a mistake in it: it must not become
// a second header or another host on the wire.
#pragma once

#include "net/client.hpp"

#include <string>

namespace safargo::net {

// Throws std::invalid_argument, which names the part and never shows what it contains:
// - the URL is absolute, http or https, with a host, without user, password, fragment, spaces, control characters and
//   bytes beyond ASCII;
// - the method is a word in capital letters, HEAD has no body;
// - names of headers are tokens, values have no control characters but tabs; Connection, Content-Length, Expect,
//   Transfer-Encoding and Upgrade are the client's own;
// - vendor and operation consist of a-z, 0-9 and _.
void check_request(const Request& request);

// "https://host:443" of a URL that passed the check: what has connections and a circuit of its own.
std::string origin_of(const std::string& url);

}  // namespace safargo::net
