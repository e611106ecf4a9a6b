#include "features/auth/identifier.hpp"

#include "core/email_address.hpp"
#include "core/phone_number.hpp"

namespace safargo::auth {

Checked<Identifier> Identifier::parse(std::string_view typed) {
    Identifier identifier;
    if (typed.contains('@')) {
        auto email = EmailAddress::parse(typed);
        if (!email) return std::unexpected(email.error());
        identifier.value_ = email->str();
    } else {
        auto phone = PhoneNumber::parse(typed);
        if (!phone) return std::unexpected(phone.error());
        identifier.value_ = phone->str();
    }
    return identifier;
}

}  // namespace safargo::auth
