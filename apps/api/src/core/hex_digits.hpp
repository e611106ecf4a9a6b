// Single hexadecimal digits. For whole byte strings: crypto::hex.
#pragma once

#include <optional>

namespace safargo {

inline constexpr char hex_digits[] = "0123456789abcdef";

// 0..15, in either case; none for any other character.
constexpr std::optional<int> hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return std::nullopt;
}

constexpr bool is_hex_digit(char c) {
    return hex_value(c).has_value();
}

}  // namespace safargo
