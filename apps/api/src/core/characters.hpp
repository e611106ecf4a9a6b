// Character classes by Unicode property, for code that reads what people type.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace safargo {

// Takes the first character off non-empty valid UTF-8.
char32_t take_character(std::string_view& utf8);
void append_character(std::string& utf8, char32_t character);

// White_Space: blanks of every width, tabs, line ends.
bool is_white_space(char32_t character);
// White space and its look-alikes: filler letters, the blank braille pattern.
bool is_blank(char32_t character);
bool is_control(char32_t character);
// Default_Ignorable_Code_Point: bidi marks, BOM, zero-width characters, soft hyphens, fillers, tags, selectors.
bool is_ignorable(char32_t character);
// Joins or selects the form of the preceding character and means nothing alone: ZWJ, ZWNJ, variation selectors, tags.
bool is_joiner_or_selector(char32_t character);
bool is_combining_mark(char32_t character);
// Visible when it stands alone: letters, digits, symbols, but not blank look-alikes (U+2800).
bool prints(char32_t character);
// Dashes, hyphens and minus signs of every kind.
bool is_dash(char32_t character);
// 0..9 for a decimal digit of any script.
std::optional<int> digit_value(char32_t character);

}  // namespace safargo
