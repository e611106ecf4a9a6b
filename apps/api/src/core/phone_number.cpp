#include "core/phone_number.hpp"

#include <algorithm>

namespace safargo {
namespace {

bool is_separator(char c) {
    return c == ' ' || c == '-' || c == '.' || c == '(' || c == ')';
}

// "+" and digits in international form, or nothing.
std::string to_international(std::string_view typed) {
    std::string compact;
    for (const char c : typed) {
        if (!is_separator(c)) compact.push_back(c);
    }
    if (compact.starts_with("00")) return "+" + compact.substr(2);
    if (compact.starts_with("0")) return "+213" + compact.substr(1);
    return compact;
}

bool is_digits(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_algerian_mobile(std::string_view national) {
    return national.size() == 9 && (national[0] == '5' || national[0] == '6' || national[0] == '7');
}

}  // namespace

Checked<PhoneNumber> PhoneNumber::parse(std::string_view typed) {
    const auto bad = refuse(Rule::bad_format, "E.164");
    if (typed.size() > 32) return bad;
    std::string number = to_international(typed);
    if (!number.starts_with('+') || !is_digits(std::string_view(number).substr(1))) return bad;
    if (number.starts_with("+2130")) number.erase(4, 1);

    const bool algerian = number.starts_with("+213");
    const std::size_t digits = number.size() - 1;
    if (algerian ? !is_algerian_mobile(std::string_view(number).substr(4)) : digits < 8 || digits > 15) return bad;
    if (number[1] == '0') return bad;
    PhoneNumber phone;
    phone.e164_ = std::move(number);
    return phone;
}

}  // namespace safargo
