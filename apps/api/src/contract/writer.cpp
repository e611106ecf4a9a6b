#include "contract/writer.hpp"

#include "core/hex_digits.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

namespace safargo::contract {
namespace {

// The two-character escape of a control or quoting character, or its \u form.
void append_escaped(std::string& out, char c) {
    switch (c) {
        case '"':
            out += "\\\"";
            return;
        case '\\':
            out += "\\\\";
            return;
        case '\n':
            out += "\\n";
            return;
        case '\r':
            out += "\\r";
            return;
        case '\t':
            out += "\\t";
            return;
        default:
            break;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += "\\u00";
    out.push_back(hex_digits[byte >> 4]);
    out.push_back(hex_digits[byte & 0x0f]);
}

bool needs_escape(char c) {
    return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20;
}

// Eight characters at a time: a byte of the result has its high bit set if that character needs an escape. The
// subtraction's borrow may mark a character after such a one, never one before it.
std::uint64_t marks(const char* at) {
    constexpr std::uint64_t ones = 0x0101010101010101u, highs = ones * 0x80;
    std::uint64_t eight;
    std::memcpy(&eight, at, sizeof eight);
    const auto zeros = [](std::uint64_t x) { return (x - ones) & ~x; };
    const std::uint64_t control = (eight - ones * 0x20) & ~eight;
    return (control | zeros(eight ^ ones * '"') | zeros(eight ^ ones * '\\')) & highs;
}

// The first character at or after `begin` that needs an escape, or the end.
std::size_t find_escape(std::string_view text, std::size_t begin) {
    for (; begin + 8 <= text.size() && marks(text.data() + begin) == 0; begin += 8) {
    }
    while (begin < text.size() && !needs_escape(text[begin])) ++begin;
    return begin;
}

}  // namespace

void Writer::open(char bracket) {
    value(1, [=](char* at) {
        *at++ = bracket;
        return at;
    });
    first_ = true;
}

void Writer::close(char bracket) {
    out_.push_back(bracket);
    first_ = false;
}

// Member names are our own identifiers and need no escape.
void Writer::key(std::string_view name) {
    value(name.size() + 3, [=](char* at) {
        *at++ = '"';
        at = std::ranges::copy(name, at).out;
        *at++ = '"';
        *at++ = ':';
        return at;
    });
    first_ = true;
}

void Writer::raw(std::string_view json) {
    value(json.size(), [=](char* at) { return std::ranges::copy(json, at).out; });
}

void Writer::integer(std::int64_t number) {
    constexpr std::size_t most = 20;
    value(most, [=](char* at) { return std::to_chars(at, at + most, number).ptr; });
}

void Writer::number(double number) {
    if (!std::isfinite(number)) return null();
    constexpr std::size_t most = 32;
    value(most, [=](char* at) { return std::to_chars(at, at + most, number).ptr; });
}

void Writer::string(std::string_view text) {
    std::size_t end = find_escape(text, 0);
    if (end == text.size()) {
        return plain_string(text.size(), [=](char* at) { return std::ranges::copy(text, at).out; });
    }
    raw("\"");
    for (std::size_t begin = 0;; begin = end + 1, end = find_escape(text, begin)) {
        out_ += text.substr(begin, end - begin);
        if (end == text.size()) break;
        append_escaped(out_, text[end]);
    }
    out_.push_back('"');
}

}  // namespace safargo::contract
