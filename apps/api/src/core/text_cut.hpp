// Text cut to a length: never through a character, nor between a letter and the marks that stand on it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace safargo {

// The bytes as UTF-8: what is none becomes U+FFFD, one for each byte.
std::string well_formed(std::string_view bytes);

// The first letter or sign of valid UTF-8 as readers see it, with its marks, selectors and what is joined to it.
std::string_view first_letter(std::string_view utf8);

// As many whole letters of valid UTF-8 as fit into so many bytes.
std::string_view cut_text(std::string_view utf8, std::size_t most_bytes);

// For what anybody may have sent, or an exception says: valid UTF-8 of at most so many bytes.
std::string cut_bytes(std::string_view bytes, std::size_t most_bytes);

}  // namespace safargo
