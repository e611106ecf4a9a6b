#include "core/text.hpp"

#include <cstdint>

namespace safargo {
namespace {

// Length of the well-formed UTF-8 sequence at the front (RFC 3629), 0 if there is none.
std::size_t sequence_length(std::string_view bytes) {
    const auto at = [&](std::size_t i) { return static_cast<std::uint8_t>(bytes[i]); };
    const auto continues = [&](std::size_t i, std::uint8_t low = 0x80, std::uint8_t high = 0xbf) {
        return i < bytes.size() && at(i) >= low && at(i) <= high;
    };
    const std::uint8_t lead = at(0);
    if (lead < 0x80) return 1;
    if (lead >= 0xc2 && lead <= 0xdf) return continues(1) ? 2 : 0;
    if (lead >= 0xe0 && lead <= 0xef) {
        const std::uint8_t low = lead == 0xe0 ? 0xa0 : 0x80;
        const std::uint8_t high = lead == 0xed ? 0x9f : 0xbf;
        return continues(1, low, high) && continues(2) ? 3 : 0;
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
        const std::uint8_t low = lead == 0xf0 ? 0x90 : 0x80;
        const std::uint8_t high = lead == 0xf4 ? 0x8f : 0xbf;
        return continues(1, low, high) && continues(2) && continues(3) ? 4 : 0;
    }
    return 0;
}

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_control(char32_t c) {
    return c < 0x20 || (c >= 0x7f && c < 0xa0);
}

// What breaks a line in Unicode's eyes, or turns the direction of what follows (the property Bidi_Control).
bool breaks_or_turns(char32_t c) {
    return c == U'\u2028' || c == U'\u2029' || c == U'\u061c' || c == U'\u200e' || c == U'\u200f' ||
           (c >= U'\u202a' && c <= U'\u202e') || (c >= U'\u2066' && c <= U'\u2069');
}

bool is_allowed(char32_t c, Breaks breaks) {
    if (breaks == Breaks::refused) return !is_control(c) && !breaks_or_turns(c);
    return c == U'\n' || c == U'\r' || c == U'\t' || !is_control(c);
}

// Takes the first character of valid UTF-8.
char32_t take_character(std::string_view& utf8) {
    const std::size_t length = sequence_length(utf8);
    const auto lead = static_cast<std::uint8_t>(utf8.front());
    char32_t character = length == 1 ? lead : lead & (0x7fU >> length);
    for (std::size_t i = 1; i < length; ++i) character = character << 6 | (static_cast<std::uint8_t>(utf8[i]) & 0x3fU);
    utf8.remove_prefix(length);
    return character;
}

}  // namespace

bool is_valid_utf8(std::string_view bytes) {
    while (!bytes.empty()) {
        const std::size_t length = sequence_length(bytes);
        if (length == 0) return false;
        bytes.remove_prefix(length);
    }
    return true;
}

std::size_t count_characters(std::string_view utf8) {
    std::size_t count = 0;
    for (const char c : utf8) count += (static_cast<std::uint8_t>(c) & 0xc0) != 0x80;
    return count;
}

Checked<std::string> clean_text(std::string_view raw, std::size_t min, std::size_t max, Breaks breaks) {
    if (!is_valid_utf8(raw)) return refuse(Rule::bad_encoding);
    while (!raw.empty() && is_space(raw.front())) raw.remove_prefix(1);
    while (!raw.empty() && is_space(raw.back())) raw.remove_suffix(1);
    for (std::string_view rest = raw; !rest.empty();) {
        if (!is_allowed(take_character(rest), breaks)) return refuse(Rule::bad_encoding);
    }
    const std::size_t length = count_characters(raw);
    if (length < min) return refuse(min == 1 ? Rule::required : Rule::too_short, std::to_string(min));
    if (length > max) return refuse(Rule::too_long, std::to_string(max));
    return std::string(raw);
}

}  // namespace safargo
