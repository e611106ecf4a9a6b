// E.164 phone numbers (PRODUCT section 2).
#pragma once

#include "core/result.hpp"

#include <string>
#include <string_view>

namespace safargo {

class PhoneNumber {
public:
    // Accepts what people type and paste: digits of any script, with spaces, dashes, dots, slashes, parentheses and
    // bidi marks: "05 50 12 34 56", "00213550123456", "213550123456", "+2130550123456", "+33 (0)6 12 34 …". Algerian
    // numbers must be mobile (+213, then 5, 6 or 7 and eight digits); foreign ones have 8 to 15 digits. Anything else
    // is unknown_phone, with an example.
    static Checked<PhoneNumber> parse(std::string_view typed);
    const std::string& str() const { return e164_; }
    auto operator<=>(const PhoneNumber&) const = default;

private:
    std::string e164_;
};

}  // namespace safargo
