// The wire format of vehicles (PRODUCT section 2).
#pragma once

#include "contract/described.hpp"
#include "contract/picture.hpp"
#include "contract/public_line.hpp"
#include "core/digits.hpp"
#include "features/vehicles/types.hpp"

#include <string>
#include <vector>

template <>
struct safargo::contract::SpelledSchema<safargo::vehicles::Plate> {
    static std::string text() {
        return typed_schema(10, longest_typed_digits,
                            {"^[^!-,:-~]*$",
                             "Serial number of 5 or 6 digits, kind and year, wilaya: digits of any script, parted by "
                             "dashes, blanks, dots, slashes or nothing",
                             R"("012345-119-16","12345 119 16")"});
    }
};

namespace safargo::vehicles {

using ModelYear = Bounded<1950, 2100>;  // the service refuses years after the next one

struct AddVehicle {
    PublicLine<40> make, model;
    ModelYear year;
    Colour colour;
    SeatCount seats;
    Plate plate;
    Fuel fuel;
};
BOOST_DESCRIBE_STRUCT(AddVehicle, (), (make, model, year, colour, seats, plate, fuel))

struct EditVehicle {
    contract::Patch<PublicLine<40>> make, model;
    contract::Patch<ModelYear> year;
    contract::Patch<Colour> colour;
    contract::Patch<SeatCount> seats;
    contract::Patch<Plate> plate;
    contract::Patch<Fuel> fuel;
};
BOOST_DESCRIBE_STRUCT(EditVehicle, (), (make, model, year, colour, seats, plate, fuel))

struct VehicleView {
    VehicleId id;
    std::string make, model;
    std::int64_t year;
    Colour colour;
    std::int64_t seats;
    std::string plate;
    Fuel fuel;
    Instant created_at;
    std::vector<Picture> photos;
};
BOOST_DESCRIBE_STRUCT(VehicleView, (), (id, make, model, year, colour, seats, plate, fuel, created_at, photos))

// DELETE /vehicles/{id}/photos/{picture_id}
struct VehiclePhoto {
    VehicleId id;
    PictureId picture_id;
};
BOOST_DESCRIBE_STRUCT(VehiclePhoto, (), (id, picture_id))

struct VehiclePage {
    std::vector<VehicleView> items;
    std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(VehiclePage, (), (items, next_cursor))

struct ListVehicles {
    std::optional<Text<512>> cursor;
    std::optional<Bounded<1, 100>> limit;
};
BOOST_DESCRIBE_STRUCT(ListVehicles, (), (cursor, limit))

}  // namespace safargo::vehicles

template <>
inline constexpr std::string_view safargo::contract::example_of<safargo::vehicles::EditVehicle> =
    R"({"colour":"grey"})";

template <>
inline constexpr std::string_view safargo::contract::example_of<safargo::vehicles::AddVehicle> =
    R"({"make":"Renault","model":"Symbol","year":2021,"colour":"white",)"
    R"("seats":4,"plate":"012345-121-16","fuel":"petrol"})";
