#include "seed/demo_driver.hpp"

#include "seed/random.hpp"
#include "seed/stable_id.hpp"

#include <fmt/format.h>

#include <array>
#include <stdexcept>

namespace safargo::seed {
namespace {

using std::chrono::days;

constexpr std::size_t most_drivers = 900'000;  // six digits of a plate
constexpr std::size_t serials_apart = 10'007;  // distance between two seeds in one database
constexpr double share_of_women = 0.25;
constexpr double share_verified = 0.85;

const std::vector<std::string> men{"Ahmed",  "Mohamed", "Karim",      "Yacine", "Amine",      "Sofiane",
                                   "Rachid", "Mourad",  "Nabil",      "Farid",  "Hicham",     "Walid",
                                   "Samir",  "Toufik",  "Lyes",       "Mehdi",  "Bilal",      "Hamza",
                                   "Djamel", "Reda",    "Massinissa", "Idir",   "Abdelkader", "Khaled"};
const std::vector<std::string> women{"Amina", "Fatima", "Lynda",   "Nadia", "Samia", "Meriem", "Imene",   "Sarah",
                                     "Houda", "Kahina", "Yasmine", "Leïla", "Souad", "Nawel",  "Djamila", "Tinhinane"};
const std::vector<std::string> families{
    "Benali",  "Boudiaf", "Haddad",   "Mansouri", "Brahimi",  "Cherif",    "Hamidi",     "Bouzid",  "Saadi", "Khelifi",
    "Meziane", "Ait Ali", "Belkacem", "Djebbar",  "Ferhat",   "Guerroudj", "Hadj Ahmed", "Kaci",    "Larbi", "Mokrani",
    "Ouali",   "Rahmani", "Slimani",  "Taleb",    "Yahiaoui", "Zerrouki",  "Amrani",     "Bensalem"};

struct Model {
    std::string make, name;
    std::int16_t seats;
};
const std::vector<Model> models{{"Renault", "Symbol", 4}, {"Renault", "Clio", 4},    {"Dacia", "Logan", 4},
                                {"Peugeot", "208", 4},    {"Peugeot", "301", 4},     {"Hyundai", "Accent", 4},
                                {"Hyundai", "i10", 4},    {"Volkswagen", "Golf", 4}, {"Volkswagen", "Caddy", 4},
                                {"Kia", "Picanto", 4},    {"Fiat", "Doblo", 6},      {"Fiat", "500", 3},
                                {"Chery", "Tiggo 4", 4},  {"Dacia", "Lodgy", 6},     {"Seat", "Ibiza", 4}};
const std::vector<std::string> colours{"white", "white", "grey", "grey", "silver", "black", "blue", "red"};

geo::Fuel draw_fuel(Random& random) {
    static const WeightedChoice choice({45, 25, 29, 1});
    constexpr std::array fuels{geo::Fuel::petrol, geo::Fuel::diesel, geo::Fuel::lpg, geo::Fuel::electric};
    return fuels[choice.pick(random)];
}

void give_person(DemoDriver& driver, std::uint64_t seed, std::size_t number, Random& random) {
    driver.female = random.chance(share_of_women);
    driver.name = random.pick(driver.female ? women : men) + ' ' + random.pick(families);
    driver.email = fmt::format("driver-{}-{:03}@demo.safargo.invalid", seed, number);
    driver.locale = random.chance(0.7) ? "fr" : "ar";
    driver.verified = random.chance(share_verified);
    driver.joined_at = long_ago - days{random.between(1, 900)};
    driver.licence_expires_on = LocalDate::of(long_ago + days{random.between(1'200, 3'600)});
}

// Nine in ten have ratings, most of them good.
void give_reputation(DemoDriver& driver, Random& random) {
    driver.trips_driven = static_cast<std::int32_t>(random.between(0, 180));
    if (random.chance(0.1)) return;
    const double mean = 4.0 + random.unit();
    driver.rating_count = driver.trips_driven / 2;
    driver.rating_sum = static_cast<std::int64_t>(mean * driver.rating_count);
}

void give_car(DemoDriver& driver, std::size_t serial, Random& random) {
    const Model& model = random.pick(models);
    driver.make = model.make;
    driver.model = model.name;
    driver.seats = model.seats;
    driver.colour = random.pick(colours);
    driver.fuel = draw_fuel(random);
    driver.year = static_cast<std::int16_t>(random.between(2008, 2025));
    driver.plate = fmt::format("{:06}-1{:02}-{:02}", 100'000 + serial, driver.year % 100, driver.home_wilaya);
}

}  // namespace

std::string fuel_name(geo::Fuel fuel) {
    constexpr std::array<const char*, 4> names{"petrol", "diesel", "lpg", "electric"};
    return names[static_cast<std::size_t>(fuel)];
}

std::vector<DemoDriver> make_drivers(std::uint64_t seed, std::size_t count, const geo::Gazetteer& gazetteer) {
    if (count > most_drivers) throw std::invalid_argument("too many demo drivers");
    std::vector<double> populations;
    for (const geo::Wilaya& wilaya : gazetteer.wilayas()) populations.push_back(static_cast<double>(wilaya.population));
    const WeightedChoice homes(populations);

    std::vector<DemoDriver> drivers;
    for (std::size_t number = 0; number < count; ++number) {
        Random random{seed, 1, number};
        DemoDriver driver;
        driver.id = stable_id<UserId>(long_ago, fmt::format("driver {} {}", seed, number));
        driver.vehicle = stable_id<VehicleId>(long_ago, fmt::format("vehicle {} {}", seed, number));
        driver.home_wilaya = gazetteer.wilayas()[homes.pick(random)].code;
        driver.licence_number = fmt::format("DEMO{:03}X{:06}", seed % 1'000, number);
        give_person(driver, seed, number, random);
        give_reputation(driver, random);
        give_car(driver, (number + seed % most_drivers * serials_apart) % most_drivers, random);
        drivers.push_back(std::move(driver));
    }
    return drivers;
}

}  // namespace safargo::seed
