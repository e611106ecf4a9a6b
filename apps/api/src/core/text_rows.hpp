// The catalogues as collected by the build (cmake/declared.cmake). For core only; other code uses texts.hpp.
#pragma once

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>
#include <string_view>

namespace safargo {

struct TextRow {
    std::string_view key;
    std::array<std::string_view, 3> words;  // in the order of Language
};

// Not a deduced std::array, whose rows the compiler would count in one expression of at most 256.
inline constexpr TextRow text_rows[] = {
#define SAFARGO_TEXT(key, fr, ar, en) TextRow{key, {fr, ar, en}},
#include "core/texts.def"
#undef SAFARGO_TEXT
};
static_assert(std::ranges::is_sorted(text_rows, {}, &TextRow::key));

// Throws std::logic_error for an unknown key, which is a compile error in a constant.
constexpr const TextRow& text_row(std::string_view key) {
    const auto found = std::ranges::lower_bound(text_rows, key, {}, &TextRow::key);
    if (found == std::ranges::end(text_rows) || found->key != key) {
        throw std::logic_error("no such text: " + std::string(key));
    }
    return *found;
}

}  // namespace safargo
