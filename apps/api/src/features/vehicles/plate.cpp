#include "features/vehicles/types.hpp"

#include <algorithm>
#include <iterator>
#include <vector>

namespace safargo::vehicles {
namespace {

// A character of UTF-8 and the one that plates are written with.
struct Spelling {
    std::string_view typed;
    std::string_view plain;
};

// What keyboards and clipboards put for a digit's neighbours: other blanks and dashes, and marks that print nothing.
constexpr Spelling spellings[] = {
    {"\u00a0", " "}, {"\u202f", " "}, {"\u2009", " "}, {"\u2007", " "}, {"\t", " "},     {"\u2010", "-"},
    {"\u2011", "-"}, {"\u2012", "-"}, {"\u2013", "-"}, {"\u2014", "-"}, {"\u2212", "-"}, {"\u0640", "-"},
    {"\u061c", ""},  {"\u200b", ""},  {"\u200e", ""},  {"\u200f", ""},  {"\u202a", ""},  {"\u202b", ""},
    {"\u202c", ""},  {"\u202d", ""},  {"\u202e", ""},  {"\u2066", ""},  {"\u2067", ""},  {"\u2068", ""},
    {"\u2069", ""},  {"\ufeff", ""},
};

// Of "٠١٢" and "۰۱۲": two bytes, of which the second counts.
bool is_arabic_digit(std::string_view text) {
    if (text.size() < 2) return false;
    const auto byte = static_cast<unsigned char>(text[1]);
    return (text[0] == '\xd9' && 0xa0 <= byte && byte <= 0xa9) || (text[0] == '\xdb' && 0xb0 <= byte && byte <= 0xb9);
}

std::string plain(std::string_view typed) {
    std::string text;
    while (!typed.empty()) {
        const auto known =
            std::ranges::find_if(spellings, [&](const Spelling& s) { return typed.starts_with(s.typed); });
        if (known != std::end(spellings)) {
            text += known->plain;
            typed.remove_prefix(known->typed.size());
        } else if (is_arabic_digit(typed)) {
            text.push_back(static_cast<char>('0' + (typed[1] & 0x0f)));
            typed.remove_prefix(2);
        } else {
            text.push_back(typed.front());
            typed.remove_prefix(1);
        }
    }
    return text;
}

bool is_separator(char c) {
    return c == '-' || c == ' ' || c == '.' || c == '/';
}

// Runs of digits; nothing when something else stands in the text.
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
    std::vector<std::string> groups = digit_groups(text);
    if (groups.size() == 1) groups = split_unseparated(groups.front());
    if (!is_plate(groups)) return refuse(Rule::bad_format, "012345-119-16");
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
