#include "core/shorten.hpp"

#include <cstdint>

namespace safargo {
namespace {

constexpr std::string_view ellipsis = "…";

bool continues(char c) {
    return (static_cast<std::uint8_t>(c) & 0xc0) == 0x80;
}

}  // namespace

std::string shorten(std::string_view text, std::size_t most) {
    if (text.size() <= most) return std::string(text);
    std::size_t kept = most < ellipsis.size() ? 0 : most - ellipsis.size();
    // A character has at most three continuation bytes: more of them are no text, and may be cut anywhere.
    for (int back = 0; back < 3 && kept > 0 && continues(text[kept]); ++back) --kept;
    std::string cut(text.substr(0, kept));
    return most < ellipsis.size() ? cut : cut.append(ellipsis);
}

}  // namespace safargo
