// Entity tags (RFC 9110, section 8.8.3).
#pragma once

#include <string>
#include <string_view>

namespace safargo::http {

// Whether an If-None-Match or If-Match value ("*" or a list) holds the tag. Tags are compared without their weakness,
// for If-Match too: ours name a row's version, and compression on the way (ours or a proxy's) may have weakened them.
bool etag_matches(std::string_view header, std::string_view etag);

std::string weaken_etag(std::string_view etag);  // "v3" -> W/"v3"

}  // namespace safargo::http
