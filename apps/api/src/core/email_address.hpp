// Email addresses in lower case, checked only for the syntax needed to reach a mail server, which alone knows the rest.
// Domains in any script are stored as mail servers write them ("xn--…", UTS #46); the local part is ASCII only, since
// few servers accept anything else (RFC 6531).
#pragma once

#include "core/result.hpp"

#include <string>
#include <string_view>

namespace safargo {

class EmailAddress {
public:
    // At most 254 bytes, one '@', a dotted domain; full-width signs and digits of any script become ASCII. Refused with
    // bad_format and an example.
    static Checked<EmailAddress> parse(std::string_view typed);
    const std::string& str() const { return address_; }
    auto operator<=>(const EmailAddress&) const = default;

private:
    std::string address_;
};

}  // namespace safargo
