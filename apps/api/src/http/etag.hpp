// Entity tags (RFC 9110, section 8.8.3).
#pragma once

#include <string>
#include <string_view>

namespace safargo::http {

// Whether an If-None-Match value ("*" or a list) contains the tag. Compared weakly, as RFC 9110 requires for this
// header, and without the suffix of the gzip variant: both variants have the same content.
bool etag_matches(std::string_view header, std::string_view etag);

// The strong tag of the compressed response: "v3" -> "v3-gzip". A weak tag covers both.
std::string gzip_etag(std::string_view etag);

}  // namespace safargo::http
