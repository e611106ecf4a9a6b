// Email addresses, lower-cased: enough syntax to reach a mail server, which alone knows the rest.
#pragma once

#include "core/result.hpp"

#include <string>
#include <string_view>

namespace safargo {

class EmailAddress {
public:
    static Checked<EmailAddress> parse(std::string_view typed);  // at most 254 bytes, one '@', a dotted domain
    const std::string& str() const { return address_; }
    auto operator<=>(const EmailAddress&) const = default;

private:
    std::string address_;
};

}  // namespace safargo
