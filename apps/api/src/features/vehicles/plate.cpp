#include "core/digits.hpp"
#include "features/vehicles/types.hpp"

#include <vector>

namespace safargo::vehicles {
namespace {

// The Arabic tatweel, which stands for a dash on plates.
constexpr std::string_view tatweel = "\u0640";

std::string plain(std::string_view typed) {
    std::string text = plain_characters(typed);
    for (std::size_t at = text.find(tatweel); at != std::string::npos; at = text.find(tatweel, at))
        text.replace(at, tatweel.size(), "-");
    return text;
}

bool is_separator(char c) {
    return c == '-' || c == ' ' || c == '.' || c == '/';
}

// Runs of digits; nothing if the text contains anything else.
std::vector<std::string> digit_groups(std::string_view text) {
    std::vector<std::string> groups;
    bool inside = false;
    for (const char c : plain(text)) {
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

constexpr std::size_t serial_digits = 6;
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
    return groups.size() == 3 && (groups[0].size() == serial_digits - 1 || groups[0].size() == serial_digits) &&
           groups[0].find_first_not_of('0') != std::string::npos && groups[1].size() == type_digits &&
           groups[1].front() != '0' && groups[2].size() == wilaya_digits;
}

int two_digits(std::string_view text) {
    return (text[0] - '0') * 10 + (text[1] - '0');
}

}  // namespace

Checked<Plate> Plate::parse(std::string_view text) {
    const auto bad = refuse(Rule::bad_format, "012345-119-16");
    if (text.size() > longest_typed_digits) return bad;
    std::vector<std::string> groups = digit_groups(text);
    if (groups.size() == 1) groups = split_unseparated(groups.front());
    if (!is_plate(groups)) return bad;
    Plate plate;
    plate.value_ = std::string(serial_digits - groups[0].size(), '0') + groups[0] + '-' + groups[1] + '-' + groups[2];
    return plate;
}

int Plate::year() const {
    return two_digits(std::string_view(value_).substr(serial_digits + 2));
}

int Plate::wilaya() const {
    return two_digits(std::string_view(value_).substr(value_.size() - wilaya_digits));
}

std::string canonical_plate(std::string_view stored) {
    const auto plate = Plate::parse(stored);
    return plate ? plate->str() : std::string(stored);
}

}  // namespace safargo::vehicles
