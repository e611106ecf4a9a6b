#include "core/text.hpp"

#include "core/characters.hpp"

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

// Printable ASCII with single blanks only needs its ends trimmed.
bool is_plain(std::string_view text) {
    bool after_blank = false;
    for (const char c : text) {
        const auto byte = static_cast<std::uint8_t>(c);  // char is signed on some platforms only
        if (byte < 0x20 || byte >= 0x7f || (c == ' ' && after_blank)) return false;
        after_blank = c == ' ';
    }
    return true;
}

bool breaks_line(char32_t c) {
    return c == U'\u2028' || c == U'\u2029';
}

bool is_allowed(char32_t c, Breaks breaks) {
    if (breaks == Breaks::refused) return !is_control(c) && !breaks_line(c);
    return c == U'\n' || c == U'\r' || c == U'\t' || !is_control(c);
}

// From the first visible character to the last, with attached marks, joiners and selectors. White space and invisible
// characters around it are dropped; anything else stays, to be refused. Empty when nothing is visible.
struct Edges {
    std::string_view inside;
    bool only_white_space = true;  // the whole text
};

Edges edges_of(std::string_view text) {
    Edges edges;
    const char* begin = nullptr;
    const char* end = nullptr;
    bool clings = false;
    for (std::string_view rest = text; !rest.empty();) {
        const char* const at = rest.data();
        const char32_t c = take_character(rest);
        const bool white = is_white_space(c);
        edges.only_white_space &= white;
        const bool stays =
            prints(c) || (is_control(c) && !white) || (clings && (is_joiner_or_selector(c) || is_combining_mark(c)));
        if (stays && !begin) begin = at;
        if (stays) end = rest.data();
        clings = stays;
    }
    if (begin) edges.inside = {begin, end};
    return edges;
}

// Makes text safe inside a line: nothing that reverses its surroundings, or glues or splits words unseen. Blanks of
// every width become one space; of the invisible characters only joiners and selectors stay, which shape adjacent
// letters.
std::string in_one_line(std::string_view text) {
    std::string line;
    bool blank = false;
    while (!text.empty()) {
        const char32_t c = take_character(text);
        if (is_blank(c)) {
            blank = true;
        } else if (!is_ignorable(c) || is_joiner_or_selector(c)) {
            if (blank) line.push_back(' ');
            blank = false;
            append_character(line, c);
        }
    }
    return line;
}

Checked<std::string> within(std::string clean, std::size_t min, std::size_t max) {
    const std::size_t length = count_characters(clean);
    if (length < min) return refuse(min == 1 ? Rule::required : Rule::too_short, std::to_string(min));
    if (length > max) return refuse(Rule::too_long, std::to_string(max));
    return clean;
}

std::string_view trim_blanks(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
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
    if (const auto trimmed = trim_blanks(raw); is_plain(trimmed)) return within(std::string(trimmed), min, max);
    if (!is_valid_utf8(raw)) return refuse(Rule::bad_encoding);
    const Edges edges = edges_of(raw);
    for (std::string_view rest = edges.inside; !rest.empty();) {
        if (!is_allowed(take_character(rest), breaks)) return refuse(Rule::bad_encoding);
    }
    if (edges.inside.empty() && min > 0 && !edges.only_white_space) return refuse(Rule::prints_nothing);
    return within(breaks == Breaks::refused ? in_one_line(edges.inside) : std::string(edges.inside), min, max);
}

}  // namespace safargo
