#include "http/uri.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <cstdint>

namespace safargo::http {
namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool is_control(char c) {
    const auto byte = static_cast<std::uint8_t>(c);
    return byte < 0x20 || byte == 0x7f;
}

bool is_text(std::string_view decoded) {
    return std::ranges::none_of(decoded, is_control) && is_valid_utf8(decoded);
}

std::string_view cut(std::string_view& rest, char separator) {
    const std::size_t end = rest.find(separator);
    const std::string_view part = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return part;
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text, Plus plus) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            if (text.size() - i < 3) return std::nullopt;
            const int high = hex_digit(text[i + 1]);
            const int low = hex_digit(text[i + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            decoded.push_back(static_cast<char>(high << 4 | low));
            i += 2;
        } else {
            decoded.push_back(plus == Plus::space && text[i] == '+' ? ' ' : text[i]);
        }
    }
    if (!is_text(decoded)) return std::nullopt;
    return decoded;
}

std::optional<std::vector<std::pair<std::string, std::string>>> parse_query(std::string_view query) {
    std::vector<std::pair<std::string, std::string>> pairs;
    while (!query.empty()) {
        std::string_view value = cut(query, '&');
        if (value.empty()) continue;
        auto name = percent_decode(cut(value, '='), Plus::space);
        auto decoded = percent_decode(value, Plus::space);
        if (!name || !decoded) return std::nullopt;
        pairs.emplace_back(std::move(*name), std::move(*decoded));
    }
    return pairs;
}

}  // namespace safargo::http
