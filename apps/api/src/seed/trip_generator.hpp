// Generates realistic trips for demos, tests and load: 10,000 or 3,000,000 alike. Pure: no clock, no database;
// deterministic.
#pragma once

#include "features/trips/types.hpp"
#include "geo/fare.hpp"
#include "seed/day_roster.hpp"
#include "seed/demand.hpp"
#include "seed/demo_driver.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::seed {

using PlaceIds = std::map<std::string, PlaceId, std::less<>>;  // by slug

// A line between two capitals that is driven every day, in the hour starting at this time in Algiers.
struct DailyLine {
    int from_wilaya = 0, to_wilaya = 0;
    int hour = 0;
};

struct TripPlan {
    std::uint64_t seed = 1;
    std::size_t trips_in_30_days = 2'000;
    geo::FareRates rates{};
    PlaceIds places{};  // trips to sights not listed here have no place
    // 0: every trip has its own route. Otherwise this many routes are drawn once and shared by all trips (without
    // seasons and weekend flows): for loads of millions.
    std::size_t shared_itineraries = 0;
    // Lines are added in order, up to a fifth of the day's trips, open to everyone. The model alone yields two trips a
    // month from Alger to Oran, which is what visitors of the demo try first.
    std::vector<DailyLine> daily_lines{};
};

// Enough drivers that almost every trip gets one.
std::size_t drivers_for(std::size_t trips_in_30_days);

class TripGenerator {
public:
    // `demand` must outlive the generator.
    TripGenerator(const DemandModel& demand, std::vector<DemoDriver> drivers, TripPlan plan);

    // The open trips of that day, all seats free, with ids; unordered. A driver's trips never overlap, within a day or
    // from one day to the next, and there are at most four a day.
    std::vector<trips::Trip> day(LocalDate day) const;

    // A single trip by number, so that millions need not be kept in memory. `roster` is that day's; nullopt if no
    // driver on it is free.
    std::optional<trips::Trip> trip(LocalDate day, std::size_t number, DayRoster& roster) const;

    std::size_t count_on(LocalDate day) const;  // the target of day(): more on Thursdays and before feasts
    const std::vector<DemoDriver>& drivers() const { return drivers_; }

private:
    std::optional<trips::Trip> line_trip(LocalDate day, std::size_t line, DayRoster& roster) const;
    // Offered by a free driver; `key` identifies it among all trips of the seed.
    std::optional<trips::Trip> offer(const Itinerary& itinerary, Instant departure, std::string_view key,
                                     DayRoster& roster, Random& random) const;
    trips::Trip compose(const Itinerary& itinerary, const DemoDriver& driver, Instant departure, Random& random) const;

    const DemandModel& demand_;
    std::vector<DemoDriver> drivers_;
    TripPlan plan_;
    std::vector<Itinerary> itineraries_;
};

}  // namespace safargo::seed
