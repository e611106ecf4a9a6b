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

}  // namespace safargo
