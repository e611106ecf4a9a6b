// What somebody else wrote, as it may stand in an answer or in the log: short, and of whole characters.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace safargo {

// At most `most` bytes; "…" stands for what is left out. Never ends inside a character of valid UTF-8.
std::string shorten(std::string_view text, std::size_t most);

}  // namespace safargo
