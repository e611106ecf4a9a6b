#include "http/framing.hpp"

#include "http/message.hpp"

#include <algorithm>
#include <cstdint>

namespace safargo::http {
namespace {

bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

std::string_view trim(std::string_view text) {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

}  // namespace

bool is_field_text(std::string_view text) {
    return std::ranges::all_of(text, [](char c) {
        const auto byte = static_cast<std::uint8_t>(c);
        return byte == '\t' || (byte >= 0x20 && byte != 0x7f);
    });
}

bool FoldWatch::sees(std::string_view next) {
    for (const char c : next) {
        if (line_ended_ && is_blank(c)) return true;
        line_ended_ = c == '\n';
    }
    return false;
}

Expectations read_expectations(std::string_view list) {
    Expectations found;
    while (!list.empty()) {
        const std::size_t comma = list.find(',');
        const std::string_view item = trim(list.substr(0, comma));
        list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
        if (equal_ignoring_case(item, "100-continue")) {
            found.go_on = true;
        } else if (!item.empty()) {
            found.others = true;
        }
    }
    return found;
}

}  // namespace safargo::http
