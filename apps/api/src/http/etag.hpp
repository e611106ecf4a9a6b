// Entity tags (RFC 9110, section 8.8.3).
#pragma once

#include <string>
#include <string_view>

namespace safargo::http {

// Whether an If-None-Match value ("*" or a list) holds the tag. Compared weakly, as RFC 9110 has it for this header,
// and without the mark of the gzip variant: both variants say the same.
bool etag_matches(std::string_view header, std::string_view etag);

// The strong tag of the same answer, compressed: "v3" -> "v3-gzip". A weak tag is one for both.
std::string gzip_etag(std::string_view etag);

}  // namespace safargo::http
