#include "seed/copy_line.hpp"

#include <fmt/format.h>

#include <array>

namespace safargo::seed {
namespace {

// The character that COPY writes after a backslash for this one; 0 if it needs no escape.
char escape_of(char c) {
    switch (c) {
        case '\\':
            return '\\';
        case '\n':
            return 'n';
        case '\t':
            return 't';
        case '\r':
            return 'r';
        default:
            return 0;
    }
}

// Copies whole runs at once: texts hardly ever need escapes, and worlds write millions of them.
void append_escaped(std::string& out, std::string_view text) {
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char escape = escape_of(text[i]);
        if (escape == 0) continue;
        out.append(text, begin, i - begin);
        out += '\\';
        out += escape;
        begin = i + 1;
    }
    out.append(text, begin);
}

}  // namespace

void CopyLine::add(std::string_view text) {
    begin_cell();
    append_escaped(out_, text);
}

void CopyLine::add_plain(std::string_view text) {
    begin_cell();
    out_ += text;
}

void CopyLine::add(std::int64_t value) {
    const fmt::format_int text(value);
    add_plain({text.data(), text.size()});
}

void CopyLine::add(double value) {
    std::array<char, 32> text;
    const auto end = fmt::format_to(text.data(), "{}", value);
    add_plain({text.data(), static_cast<std::size_t>(end - text.data())});
}

void CopyLine::add(Instant value) {
    add_plain(format_instant(value));
}

// Escaped for the array first, then for COPY.
void CopyLine::add_element(std::string_view text) {
    out_ += '"';
    if (text.find_first_of("\"\\\n\t\r") == std::string_view::npos) {
        out_ += text;
    } else {
        std::string quoted;
        for (const char c : text) {
            if (c == '"' || c == '\\') quoted += '\\';
            quoted += c;
        }
        append_escaped(out_, quoted);
    }
    out_ += '"';
}

}  // namespace safargo::seed
