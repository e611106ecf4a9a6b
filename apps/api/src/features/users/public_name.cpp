#include "features/users/types.hpp"

#include <cmath>

namespace safargo::users {
namespace {

// The first character of UTF-8 text, whole.
std::string_view first_character(std::string_view text) {
    std::size_t size = 1;
    while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xc0) == 0x80) ++size;
    return text.substr(0, size);
}

}  // namespace

std::string public_name(std::string_view name) {
    const auto space = name.find(' ');
    const auto last = name.find_last_not_of(' ');
    if (space == std::string_view::npos || last == std::string_view::npos || last < space)
        return std::string(name.substr(0, space));
    const std::string_view family = name.substr(name.find_last_of(' ', last) + 1);
    return std::string(name.substr(0, space)) + ' ' + std::string(first_character(family)) + '.';
}

std::optional<double> rating(std::int64_t sum, std::int64_t count) {
    if (count == 0) return std::nullopt;
    return std::round(10.0 * static_cast<double>(sum) / static_cast<double>(count)) / 10.0;
}

}  // namespace safargo::users
