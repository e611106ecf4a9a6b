#include "core/phone_number.hpp"

#include "core/digits.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace safargo {
namespace {

constexpr std::size_t longest_typed = 200;
constexpr std::size_t fewest_digits = 8, most_digits = 15;
constexpr std::string_view example = "0551 23 45 67";
constexpr std::string_view algeria = "213";

// Country codes after which people keep the trunk zero of domestic calls, and where no subscriber number begins with 0
// (as it does in Italy and Ivory Coast).
constexpr std::array<std::string_view, 19> with_trunk_zero{algeria, "20",  "31",  "32",  "33",  "41",  "43",
                                                           "44",    "46",  "49",  "90",  "212", "218", "961",
                                                           "962",   "963", "964", "966", "971"};
constexpr std::string_view italy = "39";

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// "(0)", the trunk zero after a country code.
std::size_t trunk_zero_size(std::string_view rest) {
    std::size_t zeros = 0, at = 1;
    if (!rest.starts_with('(')) return 0;
    for (; at < rest.size() && (rest[at] == ' ' || rest[at] == '0'); ++at) zeros += rest[at] == '0';
    return zeros == 1 && at < rest.size() && rest[at] == ')' ? at + 1 : 0;
}

std::string_view without_scheme(std::string_view typed) {
    for (const std::string_view scheme : {"tel:", "Tel:", "TEL:"}) {
        if (typed.starts_with(scheme)) return typed.substr(scheme.size());
    }
    return typed;
}

// '+' if one was typed, and the digits; nothing if there is anything else.
std::optional<std::string> compact(std::string_view typed) {
    std::string number;
    for (std::size_t at = 0; at < typed.size(); ++at) {
        const bool abroad = number.starts_with('+') || number.starts_with("00");
        if (const std::size_t size = trunk_zero_size(typed.substr(at)); size > 0 && abroad) {
            if (number == '+' + std::string(italy) || number == "00" + std::string(italy)) number.push_back('0');
            at += size - 1;
        } else if (typed[at] == '+' || is_digit(typed[at])) {
            number.push_back(typed[at]);
        } else if (!std::string_view(" -.()/").contains(typed[at])) {
            return std::nullopt;
        }
    }
    // Among Arabic words the plus sign is displayed, and copied, after the number.
    if (number.size() > 1 && number.ends_with('+')) number = '+' + number.substr(0, number.size() - 1);
    return number;
}

// Keeps at least the shortest valid number after the '+'.
void drop_trunk_zero(std::string& number) {
    for (const std::string_view country : with_trunk_zero) {
        const std::size_t zero = country.size() + 1;
        if (!std::string_view(number).substr(1).starts_with(country)) continue;
        while (number.size() > fewest_digits + 1 && number[zero] == '0') number.erase(zero, 1);
    }
}

bool is_algerian_mobile(std::string_view national) {
    return national.size() == 9 && (national[0] == '5' || national[0] == '6' || national[0] == '7');
}

// '+' and digits in international form.
std::string to_international(std::string number) {
    if (number.starts_with("+00")) number.erase(1, 2);
    if (number.starts_with("00")) number = '+' + number.substr(2);
    if (number.starts_with('0')) number = '+' + std::string(algeria) + number.substr(1);
    if (number.starts_with(algeria)) {
        std::string with_sign = '+' + number;
        drop_trunk_zero(with_sign);
        if (is_algerian_mobile(std::string_view(with_sign).substr(4))) return with_sign;
    }
    if (number.starts_with('+')) drop_trunk_zero(number);
    return number;
}

bool is_number(std::string_view international) {
    if (!international.starts_with('+')) return false;
    const std::string_view digits = international.substr(1);
    if (digits.size() < fewest_digits || digits.size() > most_digits || digits[0] == '0' ||
        !std::ranges::all_of(digits, is_digit))
        return false;
    return !digits.starts_with(algeria) || is_algerian_mobile(digits.substr(algeria.size()));
}

}  // namespace

Checked<PhoneNumber> PhoneNumber::parse(std::string_view typed) {
    const auto bad = refuse(Rule::unknown_phone, std::string(example));
    if (typed.size() > longest_typed) return bad;
    const std::string plain = plain_characters(typed);
    const auto start = plain.find_first_not_of(' ');
    if (start == std::string::npos) return bad;
    auto number = compact(without_scheme(std::string_view(plain).substr(start)));
    if (!number) return bad;
    PhoneNumber phone;
    phone.e164_ = to_international(std::move(*number));
    if (!is_number(phone.e164_)) return bad;
    return phone;
}

}  // namespace safargo
