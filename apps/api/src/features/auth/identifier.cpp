#include "features/auth/identifier.hpp"

#include "core/digits.hpp"
#include "core/email_address.hpp"
#include "core/phone_number.hpp"

#include <algorithm>

namespace safargo::auth {
namespace {

bool has_letter(std::string_view plain) {
    return std::ranges::any_of(plain, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

// Input with letters may have been meant as an address.
Violation unknown(Violation phone, std::string_view plain) {
    if (has_letter(plain)) phone.first += ", amel@example.dz";
    return phone;
}

}  // namespace

Checked<Identifier> Identifier::parse(std::string_view typed) {
    Identifier identifier;
    const std::string plain = plain_characters(typed);
    if (plain.contains('@')) {
        auto email = EmailAddress::parse(typed);
        if (!email) return std::unexpected(email.error());
        identifier.value_ = email->str();
    } else {
        auto phone = PhoneNumber::parse(typed);
        if (!phone) return std::unexpected(unknown(phone.error(), plain));
        identifier.value_ = phone->str();
    }
    return identifier;
}

}  // namespace safargo::auth
