#include "core/text_cut.hpp"

#include "core/characters.hpp"
#include "core/text.hpp"

#include <algorithm>

namespace safargo {
namespace {

constexpr std::string_view replacement = "\ufffd";
constexpr std::size_t longest_sequence = 4;
constexpr char32_t zero_width_joiner = U'\u200d';

// Length of the character at the front, 0 if it is invalid.
std::size_t sequence_length(std::string_view bytes) {
    for (std::size_t length = 1; length <= std::min(longest_sequence, bytes.size()); ++length) {
        if (is_valid_utf8(bytes.substr(0, length))) return length;
    }
    return 0;
}

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

std::string well_formed(std::string_view bytes) {
    if (is_valid_utf8(bytes)) return std::string(bytes);
    std::string text;
    while (!bytes.empty()) {
        const std::size_t length = sequence_length(bytes);
        text += length == 0 ? replacement : bytes.substr(0, length);
        bytes.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return text;
}

std::string_view first_letter(std::string_view utf8) {
    if (utf8.empty()) return utf8;
    std::string_view rest = utf8;
    bool joined = take_character(rest) == zero_width_joiner;
    while (!rest.empty()) {
        std::string_view after = rest;
        const char32_t c = take_character(after);
        if (!joined && !is_combining_mark(c) && !is_joiner_or_selector(c)) break;
        joined = c == zero_width_joiner && !after.empty() && !is_white_space(c);
        rest = after;
    }
    return utf8.substr(0, utf8.size() - rest.size());
}

std::string_view cut_text(std::string_view utf8, std::size_t most_bytes) {
    if (utf8.size() <= most_bytes) return utf8;
    if (is_ascii(utf8.substr(0, most_bytes + 1))) return utf8.substr(0, most_bytes);
    std::size_t size = 0;
    for (;;) {
        const std::size_t letter = first_letter(utf8.substr(size)).size();
        if (size + letter > most_bytes) return utf8.substr(0, size);
        size += letter;
    }
}

std::string cut_bytes(std::string_view bytes, std::size_t most_bytes) {
    // Bytes past the limit need not be read.
    const std::string text = well_formed(bytes.substr(0, most_bytes + longest_sequence));
    return std::string(cut_text(text, most_bytes));
}

}  // namespace safargo
