// Who may offer trips: a person with a driving licence.
#pragma once

#include "core/ids.hpp"
#include "core/time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace safargo::drivers {

// 4 to 20 letters and digits as printed on the licence; small letters become capitals.
class LicenceNumber {
public:
    static Checked<LicenceNumber> parse(std::string_view typed);
    const std::string& str() const { return value_; }
    auto operator<=>(const LicenceNumber&) const = default;

private:
    std::string value_;
};

// A licence is valid through the day it expires, until midnight in Algiers; nullopt if it is valid on `day`.
std::optional<FieldError> refuse_licence(LocalDate expires_on, LocalDate day);

// What other features need to know of a driver.
struct Driver {
    UserId id;
    LocalDate licence_expires_on;                      // the last day on which it is valid
    std::optional<LocalDate> documents_valid_until{};  // as approved by moderators; none while one is missing
};

}  // namespace safargo::drivers
