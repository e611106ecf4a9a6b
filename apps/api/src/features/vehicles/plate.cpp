#include "features/vehicles/types.hpp"

#include <vector>

namespace safargo::vehicles {
namespace {

bool is_separator(char c) {
    return c == '-' || c == ' ' || c == '.';
}

// Runs of digits; nothing when something else stands in the text.
std::vector<std::string> digit_groups(std::string_view text) {
    std::vector<std::string> groups;
    bool inside = false;
    for (const char c : text) {
        if (is_separator(c)) {
            inside = false;
            continue;
        }
        if (c < '0' || c > '9') return {};
        if (!inside) groups.emplace_back();
        inside = true;
        groups.back().push_back(c);
    }
    return groups;
}

constexpr std::size_t type_digits = 3;
constexpr std::size_t wilaya_digits = 2;

// "01234511916" -> 012345, 119, 16
std::vector<std::string> split_unseparated(const std::string& digits) {
    constexpr std::size_t tail = type_digits + wilaya_digits;
    if (digits.size() <= tail) return {};
    const std::size_t serial = digits.size() - tail;
    return {digits.substr(0, serial), digits.substr(serial, type_digits), digits.substr(serial + type_digits)};
}

bool is_plate(const std::vector<std::string>& groups) {
    return groups.size() == 3 && (groups[0].size() == 5 || groups[0].size() == 6) && groups[1].size() == type_digits &&
           groups[2].size() == wilaya_digits;
}

}  // namespace

Checked<Plate> Plate::parse(std::string_view text) {
    std::vector<std::string> groups = digit_groups(text);
    if (groups.size() == 1) groups = split_unseparated(groups.front());
    if (!is_plate(groups)) return refuse(Rule::bad_format, "012345-119-16");
    Plate plate;
    plate.value_ = groups[0] + '-' + groups[1] + '-' + groups[2];
    return plate;
}

}  // namespace safargo::vehicles
