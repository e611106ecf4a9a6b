#include "core/shorten.hpp"

#include "core/text_cut.hpp"

namespace safargo {
namespace {

constexpr std::string_view ellipsis = "…";

}  // namespace

std::string shorten(std::string_view text, std::size_t most) {
    if (text.size() <= most) return std::string(text);
    if (most < ellipsis.size()) return {};
    return cut_bytes(text, most - ellipsis.size()).append(ellipsis);
}

}  // namespace safargo
