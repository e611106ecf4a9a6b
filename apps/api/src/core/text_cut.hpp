// Cuts text to a length, never inside a character nor between a letter and its combining marks.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace safargo {

// The bytes as UTF-8: each invalid byte becomes U+FFFD.
std::string well_formed(std::string_view bytes);

// The first grapheme of valid UTF-8: a letter or sign with its marks, selectors and joined characters.
std::string_view first_letter(std::string_view utf8);

// As many whole graphemes of valid UTF-8 as fit into `most_bytes`.
std::string_view cut_text(std::string_view utf8, std::size_t most_bytes);

// For untrusted input and exception messages: valid UTF-8 of at most `most_bytes`.
std::string cut_bytes(std::string_view bytes, std::size_t most_bytes);

}  // namespace safargo
