// Email addresses, lower-cased: enough syntax to reach a mail server, which alone knows the rest.
// A domain in any script is kept as mail servers know it ("xn--…", by UTS #46); before the '@' stands ASCII only, since
// few servers take anything else (RFC 6531).
#pragma once

#include "core/result.hpp"

#include <string>
#include <string_view>

namespace safargo {

class EmailAddress {
public:
    // At most 254 bytes, one '@', a dotted domain; full-width signs and digits of any script are ASCII. bad_format
    // names an example.
    static Checked<EmailAddress> parse(std::string_view typed);
    const std::string& str() const { return address_; }
    auto operator<=>(const EmailAddress&) const = default;

private:
    std::string address_;
};

}  // namespace safargo
