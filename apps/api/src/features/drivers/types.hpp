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

// A licence is good on the day it ends, from midnight to midnight in Algiers; nullopt when it is good on `day`.
std::optional<FieldError> refuse_licence(LocalDate expires_on, LocalDate day);

// What other features ask of a driver.
struct Driver {
    UserId id;
    LocalDate licence_expires_on;  // the last day it is good for
    bool verified = false;         // documents approved
};

}  // namespace safargo::drivers
