#include "seed/world_trips.hpp"

#include "seed/demand_calendar.hpp"
#include "seed/stable_id.hpp"

#include <fmt/format.h>

#include <cmath>

namespace safargo::seed {
namespace {

constexpr std::uint64_t of_joining = 4;  // a random stream besides the generator's

// A draw can fail because no driver is free or the trip would leave before the start. Missing trips are made up on
// later days; the last day repeats its draws, at most this many times.
constexpr std::size_t last_day_draws = 4;
constexpr std::size_t spare_draws = 1'000;

LocalDate day_number(Instant start, int day) {
    return {LocalDate::of(start).days + std::chrono::days{day}};
}

// This day's share of the remaining trips.
std::size_t quota(Instant start, int day, std::size_t left) {
    double all = 0;
    for (int later = day; later < WorldTrips::days; ++later) all += day_weight(day_number(start, later));
    const double share = day_weight(day_number(start, day)) / all;
    return static_cast<std::size_t>(std::llround(share * static_cast<double>(left)));
}

}  // namespace

WorldTrips::WorldTrips(const TripGenerator& generator, Instant start, std::size_t count)
    : generator_(generator), start_(start), left_(count) {}

bool WorldTrips::open_day() {
    if (++day_ == days) return false;
    roster_.emplace(generator_.drivers(), day_number(start_, day_));
    number_ = 0;
    const bool last = day_ + 1 == days;
    last_number_ = last ? last_day_draws * left_ + spare_draws : quota(start_, day_, left_);
    return true;
}

std::optional<trips::Trip> WorldTrips::draw() {
    std::optional<trips::Trip> trip = generator_.trip(day_number(start_, day_), number_++, *roster_);
    if (trip && trip->departure() <= start_) trip.reset();
    return trip;
}

std::optional<trips::Trip> WorldTrips::next() {
    while (left_ > 0) {
        while (day_ < 0 || number_ == last_number_) {
            if (!open_day()) return std::nullopt;
        }
        if (auto trip = draw()) {
            --left_;
            return trip;
        }
    }
    return std::nullopt;
}

std::vector<DemoDriver> make_world_drivers(std::uint64_t seed, std::size_t trips, const geo::Gazetteer& gazetteer) {
    std::vector<DemoDriver> drivers = make_drivers(seed, drivers_for(trips), gazetteer);
    constexpr std::chrono::milliseconds whole_day = std::chrono::days{1};
    for (std::size_t number = 0; number < drivers.size(); ++number) {
        DemoDriver& driver = drivers[number];
        Random random{seed, of_joining, number};
        driver.joined_at += std::chrono::milliseconds{random.below(whole_day.count())};
        driver.id = stable_id<UserId>(driver.joined_at, fmt::format("world driver {} {}", seed, number));
        driver.vehicle = stable_id<VehicleId>(driver.joined_at, fmt::format("world vehicle {} {}", seed, number));
    }
    return drivers;
}

}  // namespace safargo::seed
