#include "contract/writer.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace safargo::contract {
namespace {

// The two-character escape of a control or quoting character, or its \u form.
void append_escaped(std::string& out, char c) {
    static constexpr char digits[] = "0123456789abcdef";
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
    out.push_back(digits[byte >> 4]);
    out.push_back(digits[byte & 0x0f]);
}

bool needs_escape(char c) {
    return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20;
}

}  // namespace

void Writer::separate() {
    if (!first_) out_.push_back(',');
    first_ = false;
}

void Writer::open(char bracket) {
    separate();
    out_.push_back(bracket);
    first_ = true;
}

void Writer::close(char bracket) {
    out_.push_back(bracket);
    first_ = false;
}

void Writer::key(std::string_view name) {
    string(name);
    out_.push_back(':');
    first_ = true;
}

void Writer::raw(std::string_view json) {
    separate();
    out_ += json;
}

void Writer::integer(std::int64_t value) {
    std::array<char, 24> digits;
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    raw({digits.data(), end});
}

void Writer::number(double value) {
    if (!std::isfinite(value)) return null();
    std::array<char, 32> digits;
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    raw({digits.data(), end});
}

void Writer::string(std::string_view value) {
    separate();
    out_.push_back('"');
    std::size_t clean = 0;
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (!needs_escape(value[i])) continue;
        out_ += value.substr(clean, i - clean);
        append_escaped(out_, value[i]);
        clean = i + 1;
    }
    out_ += value.substr(clean);
    out_.push_back('"');
}

}  // namespace safargo::contract
