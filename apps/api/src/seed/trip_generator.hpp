// Makes trips like those people offer, for demos, tests and load: 10,000 or 3,000,000 alike. Pure: no clock, no
// database; the same inputs give the same trips.
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

// A way between two capitals that somebody drives every day, in the hour that begins then in Algiers.
struct DailyLine {
    int from_wilaya = 0, to_wilaya = 0;
    int hour = 0;
};

struct TripPlan {
    std::uint64_t seed = 1;
    std::size_t trips_in_30_days = 2'000;
    geo::FareRates rates{};
    PlaceIds places{};  // a trip to a sight that is not here says no place
    // 0: every trip has a way of its own. Otherwise so many ways are drawn once and shared by all trips (without
    // seasons and weekend flows): what loads of millions want.
    std::size_t shared_itineraries = 0;
    // The first of them as far as a fifth of the day's trips reaches, open to everybody. By the model alone a month has
    // two trips from Alger to Oran, and whoever tries the demo looks for that first.
    std::vector<DailyLine> daily_lines{};
};

// Enough drivers that hardly a trip goes without.
std::size_t drivers_for(std::size_t trips_in_30_days);

class TripGenerator {
public:
    // `demand` must outlive it.
    TripGenerator(const DemandModel& demand, std::vector<DemoDriver> drivers, TripPlan plan);

    // The open trips that leave on that day, all seats free, ids and all; in no order of time. A driver's trips never
    // overlap, within a day or from one day to the next, and there are at most four a day.
    std::vector<trips::Trip> day(LocalDate day) const;

    // One of them, by number: whoever makes millions keeps none. `roster` is that day's, and nullopt says that nobody
    // on it was free.
    std::optional<trips::Trip> trip(LocalDate day, std::size_t number, DayRoster& roster) const;

    std::size_t count_on(LocalDate day) const;  // what day() aims at: more on Thursdays and before feasts
    const std::vector<DemoDriver>& drivers() const { return drivers_; }

private:
    std::optional<trips::Trip> line_trip(LocalDate day, std::size_t line, DayRoster& roster) const;
    // By somebody who is free; `key` names it among all trips of the seed.
    std::optional<trips::Trip> offer(const Itinerary& itinerary, Instant departure, std::string_view key,
                                     DayRoster& roster, Random& random) const;
    trips::Trip compose(const Itinerary& itinerary, const DemoDriver& driver, Instant departure, Random& random) const;

    const DemandModel& demand_;
    std::vector<DemoDriver> drivers_;
    TripPlan plan_;
    std::vector<Itinerary> itineraries_;
};

}  // namespace safargo::seed
