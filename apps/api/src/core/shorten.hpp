// Shortens untrusted text for an answer or the log, at a character boundary.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace safargo {

// At most `most` bytes; "…" marks the omission. Never splits a character of valid UTF-8.
std::string shorten(std::string_view text, std::size_t most);

}  // namespace safargo
