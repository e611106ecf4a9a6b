#include "core/characters.hpp"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace safargo {
namespace {

// Characters that print nothing although no Unicode property says so: the blank braille pattern, a null note head, the
// object replacement character, interlinear annotation marks.
constexpr std::array blank_symbols{U'\u2800', U'\ufff9', U'\ufffa', U'\ufffb', U'\ufffc', U'\U0001d159'};

std::uint32_t category(char32_t character) {
    return U_GET_GC_MASK(static_cast<UChar32>(character));
}

bool has(char32_t character, UProperty property) {
    return u_hasBinaryProperty(static_cast<UChar32>(character), property) != 0;
}

}  // namespace

char32_t take_character(std::string_view& utf8) {
    const auto lead = static_cast<std::uint8_t>(utf8.front());
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    char32_t character = length == 1 ? lead : lead & (0x7fU >> length);
    for (std::size_t i = 1; i < length; ++i) character = character << 6 | (static_cast<std::uint8_t>(utf8[i]) & 0x3fU);
    utf8.remove_prefix(length);
    return character;
}

void append_character(std::string& utf8, char32_t character) {
    const auto tail = [&](unsigned shift) { utf8.push_back(static_cast<char>(0x80 | (character >> shift & 0x3f))); };
    if (character < 0x80) {
        utf8.push_back(static_cast<char>(character));
    } else if (character < 0x800) {
        utf8.push_back(static_cast<char>(0xc0 | character >> 6));
        tail(0);
    } else if (character < 0x10000) {
        utf8.push_back(static_cast<char>(0xe0 | character >> 12));
        tail(6);
        tail(0);
    } else {
        utf8.push_back(static_cast<char>(0xf0 | character >> 18));
        tail(12);
        tail(6);
        tail(0);
    }
}

bool is_white_space(char32_t character) {
    return has(character, UCHAR_WHITE_SPACE);
}

bool is_blank(char32_t character) {
    return is_white_space(character) || character == U'\u3164' || character == U'\uffa0' || character == U'\u2800';
}

bool is_control(char32_t character) {
    return character < 0x20 || (character >= 0x7f && character < 0xa0);
}

bool is_ignorable(char32_t character) {
    return has(character, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

bool is_joiner_or_selector(char32_t character) {
    const bool is_tag = character >= U'\U000e0020' && character <= U'\U000e007f';
    return has(character, UCHAR_JOIN_CONTROL) || has(character, UCHAR_VARIATION_SELECTOR) || is_tag;
}

bool is_combining_mark(char32_t character) {
    return (category(character) & U_GC_M_MASK) != 0;
}

bool prints(char32_t character) {
    // Unassigned characters have no glyph in any font; private-use ones only in their owner's.
    constexpr std::uint32_t no_ink =
        U_GC_Z_MASK | U_GC_M_MASK | U_GC_CC_MASK | U_GC_CN_MASK | U_GC_CO_MASK | U_GC_CS_MASK;
    if ((category(character) & no_ink) != 0 || is_ignorable(character)) return false;
    return std::ranges::find(blank_symbols, character) == blank_symbols.end();
}

bool is_dash(char32_t character) {
    return has(character, UCHAR_DASH) || character == U'\u00ad' || character == U'\u02d7' || character == U'\u2043';
}

std::optional<int> digit_value(char32_t character) {
    const std::int32_t value = u_charDigitValue(static_cast<UChar32>(character));
    return value < 0 ? std::nullopt : std::optional<int>(value);
}

}  // namespace safargo
