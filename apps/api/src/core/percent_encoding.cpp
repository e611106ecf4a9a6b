#include "core/percent_encoding.hpp"

#include "core/hex_digits.hpp"

namespace safargo {

std::optional<std::string> percent_decode(std::string_view text, Plus plus) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded.push_back(plus == Plus::space && text[i] == '+' ? ' ' : text[i]);
            continue;
        }
        if (text.size() - i < 3) return std::nullopt;
        const auto high = hex_value(text[i + 1]), low = hex_value(text[i + 2]);
        if (!high || !low) return std::nullopt;
        decoded.push_back(static_cast<char>(*high << 4 | *low));
        i += 2;
    }
    return decoded;
}

std::string percent_encode(std::string_view bytes, std::string_view kept) {
    constexpr std::string_view capital_digits = "0123456789ABCDEF";
    constexpr std::string_view unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    std::string encoded;
    encoded.reserve(bytes.size());
    for (const char c : bytes) {
        if (unreserved.contains(c) || kept.contains(c)) {
            encoded.push_back(c);
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        encoded.push_back('%');
        encoded.push_back(capital_digits[byte >> 4U]);
        encoded.push_back(capital_digits[byte & 15U]);
    }
    return encoded;
}

}  // namespace safargo
