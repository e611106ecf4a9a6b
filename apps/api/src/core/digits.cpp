#include "core/digits.hpp"

#include "core/characters.hpp"
#include "core/text_cut.hpp"

namespace safargo {
namespace {

// U+FF01 to U+FF5E are full-width ASCII, U+FE50 to U+FE6B small forms of some of it.
char32_t in_ascii(char32_t c) {
    if (c >= U'\uff01' && c <= U'\uff5e') return c - U'\uff01' + U'!';
    switch (c) {
        case U'\ufe62':
            return U'+';
        case U'\ufe6b':
            return U'@';
        case U'\ufe59':
            return U'(';
        case U'\ufe5a':
            return U')';
        case U'\ufe52':
        case U'\uff61':
        case U'\u3002':
        case U'\u2024':
            return U'.';
        default:
            return c;
    }
}

}  // namespace

std::string plain_characters(std::string_view typed) {
    const std::string text = well_formed(typed);
    std::string plain;
    for (std::string_view rest = text; !rest.empty();) {
        const char32_t c = take_character(rest);
        if (is_ignorable(c)) continue;
        if (const auto digit = digit_value(c)) {
            plain.push_back(static_cast<char>('0' + *digit));
        } else if (is_white_space(c)) {
            plain.push_back(' ');
        } else if (is_dash(c)) {
            plain.push_back('-');
        } else {
            append_character(plain, in_ascii(c));
        }
    }
    return plain;
}

std::optional<std::string> digits_of(std::string_view typed) {
    if (typed.size() > longest_typed_digits) return std::nullopt;
    std::string digits;
    for (const char c : plain_characters(typed)) {
        if (c >= '0' && c <= '9') {
            digits.push_back(c);
        } else if (!std::string_view(" -.()").contains(c)) {
            return std::nullopt;
        }
    }
    return digits;
}

Checked<std::string> read_digit_code(std::string_view typed, std::size_t size) {
    auto digits = digits_of(typed);
    if (!digits) return refuse(Rule::bad_format, std::string(example_digits.substr(0, size)));
    if (digits->empty()) return refuse(Rule::required);
    if (digits->size() < size) return refuse(Rule::too_short, std::to_string(size));
    if (digits->size() > size) return refuse(Rule::too_long, std::to_string(size));
    return std::move(*digits);
}

}  // namespace safargo
