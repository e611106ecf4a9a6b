#include "features/users/types.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace safargo::users {
namespace {

// The first character of UTF-8 text, whole.
std::string_view first_character(std::string_view text) {
    std::size_t size = 1;
    while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xc0) == 0x80) ++size;
    return text.substr(0, size);
}

// Length of the white space at the front, in bytes: nothing that looks like a gap may glue two names together.
std::size_t gap_size(std::string_view text) {
    for (const std::string_view space : {" ", "\t", "\n", "\r", "\u00a0", "\u202f", "\u3000"}) {
        if (text.starts_with(space)) return space.size();
    }
    if (text.size() < 3 || !text.starts_with("\xe2\x80")) return 0;
    const auto last = static_cast<unsigned char>(text[2]);  // U+2000 to U+200B, U+2028 and U+2029
    return last <= 0x8b || last == 0xa8 || last == 0xa9 ? 3 : 0;
}

std::vector<std::string_view> words(std::string_view text) {
    std::vector<std::string_view> found;
    bool inside = false;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t gap = gap_size(text.substr(i));
        if (gap == 0 && !inside) found.push_back(text.substr(i, 0));
        if (gap == 0) found.back() = {found.back().data(), found.back().size() + 1};
        inside = gap == 0;
        i += std::max<std::size_t>(gap, 1);
    }
    return found;
}

}  // namespace

std::string public_name(std::string_view name) {
    const std::vector<std::string_view> parts = words(name);
    if (parts.empty()) return {};
    std::string shown(parts.front());
    if (parts.size() > 1) shown.append(" ").append(first_character(parts.back())).append(".");
    return shown;
}

std::optional<double> rating(std::int64_t sum, std::int64_t count) {
    if (count == 0) return std::nullopt;
    return std::round(10.0 * static_cast<double>(sum) / static_cast<double>(count)) / 10.0;
}

std::optional<std::int64_t> response_time_s(std::int64_t seconds_sum, std::int64_t answers) {
    constexpr std::int64_t fewest = 3;
    if (answers < fewest) return std::nullopt;
    return (seconds_sum + answers / 2) / answers;
}

}  // namespace safargo::users
