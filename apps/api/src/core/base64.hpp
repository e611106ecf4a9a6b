// Base64 with '+', '/' and padding (RFC 4648, section 4), which vendors speak; ours is base64url (crypto.hpp).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace safargo {

std::string base64(std::string_view bytes);
std::optional<std::string> from_base64(std::string_view text);  // strict: padded, nothing around or inside

}  // namespace safargo
