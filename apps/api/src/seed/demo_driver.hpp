// Fictional drivers and their cars.
#pragma once

#include "core/ids.hpp"
#include "geo/fare.hpp"
#include "geo/gazetteer.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace safargo::seed {

struct DemoDriver {
    UserId id;
    VehicleId vehicle;
    std::string name, email, locale;
    bool female = false;
    bool verified = false;  // identity and therefore gender
    std::int64_t rating_sum = 0;
    std::int32_t rating_count = 0;
    std::int32_t trips_driven = 0;
    Instant joined_at;
    std::string licence_number;
    LocalDate licence_expires_on;
    std::string make, model, colour, plate;
    std::int16_t year = 0;
    std::int16_t seats = 4;  // for passengers
    geo::Fuel fuel = geo::Fuel::petrol;
    int home_wilaya = 0;

    bool may_offer_women_only() const { return female && verified; }
};

std::string fuel_name(geo::Fuel fuel);  // as in the vehicles table

// Deterministic for a seed: a longer list begins with the shorter one. Homes are distributed like the population. At
// most 900,000.
std::vector<DemoDriver> make_drivers(std::uint64_t seed, std::size_t count, const geo::Gazetteer& gazetteer);

}  // namespace safargo::seed
