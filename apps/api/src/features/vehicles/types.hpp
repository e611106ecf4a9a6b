// What a driver drives.
#pragma once

#include "core/ids.hpp"
#include "core/time.hpp"

#include <boost/describe/enum.hpp>

#include <string>
#include <string_view>

namespace safargo::vehicles {

enum class Fuel { petrol, diesel, lpg, electric };
BOOST_DESCRIBE_ENUM(Fuel, petrol, diesel, lpg, electric)

enum class Colour { white, black, grey, silver, blue, red, green, yellow, orange, brown, beige, gold };
BOOST_DESCRIBE_ENUM(Colour, white, black, grey, silver, blue, red, green, yellow, orange, brown, beige, gold)

// An Algerian number plate: serial (5 or 6 digits), type and year of first registration, wilaya ("012345-119-16").
// Spaces, dots and dashes between the groups are read alike, as are none at all.
class Plate {
public:
    static Checked<Plate> parse(std::string_view text);
    const std::string& str() const { return value_; }
    auto operator<=>(const Plate&) const = default;

private:
    std::string value_;
};

struct Vehicle {
    VehicleId id;
    UserId driver;
    std::string make, model;
    std::int64_t year = 0;
    Colour colour = Colour::white;
    std::int64_t seats = 1;  // for passengers
    std::string plate;
    Fuel fuel = Fuel::petrol;
    Instant created_at;
};

}  // namespace safargo::vehicles
