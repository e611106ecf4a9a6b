// A driver's vehicle.
#pragma once

#include "core/ids.hpp"
#include "core/time.hpp"

#include <boost/describe/enum.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace safargo::vehicles {

enum class Fuel { petrol, diesel, lpg, electric };
BOOST_DESCRIBE_ENUM(Fuel, petrol, diesel, lpg, electric)

enum class Colour { white, black, grey, silver, blue, red, green, yellow, orange, brown, beige, gold };
BOOST_DESCRIBE_ENUM(Colour, white, black, grey, silver, blue, red, green, yellow, orange, brown, beige, gold)

// An Algerian number plate: serial, kind of vehicle (1 to 9) and year of first registration, wilaya ("012345-119-16").
// The serial has five or six digits, and always six here: "12345-119-16" is the same plate. Spaces, dots, slashes and
// dashes between the groups are read alike, as are none at all, and Arabic digits.
class Plate {
public:
    static Checked<Plate> parse(std::string_view text);
    const std::string& str() const { return value_; }
    int year() const;    // of first registration, its last two digits
    int wilaya() const;  // 0 to 99: which of them exist is data
    auto operator<=>(const Plate&) const = default;

private:
    std::string value_;
};

// A stored plate in today's spelling; anything that is not a plate stays as it is.
std::string canonical_plate(std::string_view stored);

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
    std::vector<PictureId> photos{};  // in the order shown
};

}  // namespace safargo::vehicles
