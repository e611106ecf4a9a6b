// The wire format of drivers (PRODUCT section 2).
#pragma once

#include "contract/described.hpp"
#include "features/drivers/types.hpp"

#include <string>

template <>
struct safargo::contract::SpelledSchema<safargo::drivers::LicenceNumber> {
    static std::string text() {
        return typed_schema(
            4, 200,
            {"^([^!-~]*[A-Za-z0-9]){4,20}[^!-~]*$",
             "4 to 20 letters A-Z and digits as printed on the licence, in capitals or not", R"("DZ4821AB")"});
    }
};

namespace safargo::drivers {

struct BecomeDriver {
    LicenceNumber licence_number;
    LocalDate licence_expires_on;
};
BOOST_DESCRIBE_STRUCT(BecomeDriver, (), (licence_number, licence_expires_on))

// Absent: unchanged.
struct EditDriver {
    contract::Patch<LicenceNumber> licence_number;
    contract::Patch<LocalDate> licence_expires_on;
};
BOOST_DESCRIBE_STRUCT(EditDriver, (), (licence_number, licence_expires_on))

// Only the driver sees it.
struct DriverProfile {
    UserId id;
    std::string licence_number;
    LocalDate licence_expires_on;
    bool verified;
    Instant driver_since;
};
BOOST_DESCRIBE_STRUCT(DriverProfile, (), (id, licence_number, licence_expires_on, verified, driver_since))

}  // namespace safargo::drivers
