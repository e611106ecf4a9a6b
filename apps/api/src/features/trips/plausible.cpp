#include "features/trips/plausible.hpp"

#include "core/local_time.hpp"
#include "features/trips/journey.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace safargo::trips {
namespace {

using namespace std::chrono_literals;
using std::chrono::microseconds;

// As shares of the road's driving time: no one is faster, and a driver who rests longer should offer two trips.
constexpr microseconds least_per_second = 600ms, most_per_second = 4s;
// Metres per second as the crow flies: our road data may make a detour where a straight road exists, or take a fast
// road for a lane.
constexpr double fastest_line = 25;
// Times are planned in minutes: on so short a leg they need only increase.
constexpr Seconds short_way = 2min;
// Allowance for waiting for passengers at a corner of the town.
constexpr Seconds least_patience = 30min;

std::string stop_name(std::size_t stop) {
    return "stops[" + std::to_string(stop) + "]";
}

FieldError outside(std::size_t stop, LatLng where, const Atlas& atlas) {
    const bool swapped = atlas.serves({where.lng, where.lat});
    return {stop_name(stop), {swapped ? Rule::swapped_coordinates : Rule::outside_service_area}};
}

void check_label(std::size_t i, const Stop& stop, const Atlas& atlas, std::vector<FieldError>& errors) {
    const auto metres = atlas.town_distance_m(stop.label, stop.where);
    if (metres && *metres > name_reach_m)
        errors.push_back({field_of(i, "label"), {Rule::town_elsewhere, stop.label, spell_km(*metres)}});
}

// Returns whether all stops are in the service area.
bool check_places(std::span<const Stop> stops, const Atlas& atlas, std::vector<FieldError>& errors) {
    bool all_inside = true;
    for (std::size_t i = 0; i < stops.size(); ++i) {
        const Stop& stop = stops[i];
        if (!atlas.serves(stop.where)) {
            errors.push_back(outside(i, stop.where, atlas));
            all_inside = false;
            continue;
        }
        check_label(i, stop, atlas, errors);
    }
    return all_inside;
}

// The earlier stop that a stop comes back to.
const Stop* find_return(std::span<const Stop> before, const Stop& stop) {
    for (std::size_t i = 0; i < before.size(); ++i) {
        double farthest = 0;
        for (const Stop& between : before.subspan(i + 1))
            farthest = std::max(farthest, distance_m(before[i].where, between.where));
        if (farthest > turning_back_m && distance_m(before[i].where, stop.where) <= turning_back_m) return &before[i];
    }
    return nullptr;
}

void check_direction(std::span<const Stop> stops, std::vector<FieldError>& errors) {
    for (std::size_t i = 2; i < stops.size(); ++i) {
        if (const Stop* earlier = find_return(stops.first(i), stops[i]))
            errors.push_back({stop_name(i), {Rule::comes_back, earlier->label}});
    }
}

microseconds least(Seconds by_road, double line_m) {
    if (by_road <= short_way) return microseconds{1};
    const microseconds by_line{std::llround(line_m / fastest_line * 1e6)};
    return std::min<microseconds>(by_road.count() * least_per_second, by_line);
}

microseconds most(Seconds by_road) {
    return std::max<microseconds>(by_road.count() * most_per_second, least_patience);
}

// Checks every stop against each stop before it, so that many short legs gain nothing; starts at the last refused one,
// so that one wrong time is one error.
void check_pace(std::span<const Stop> stops, std::span<const geo::Leg> road, std::vector<FieldError>& errors) {
    std::size_t first = 0;
    for (std::size_t to = 1; to < stops.size(); ++to) {
        Seconds by_road{0};
        double line_m = 0;
        Instant earliest = stops[to - 1].at;
        for (std::size_t from = to; from-- > first;) {
            by_road += Seconds{road[from].duration_s};
            line_m += distance_m(stops[from].where, stops[from + 1].where);
            earliest = std::max(earliest, stops[from].at + least(by_road, line_m));
        }
        const Instant latest = stops[to - 1].at + most(Seconds{road[to - 1].duration_s});
        const std::string field = field_of(to, "at");
        if (stops[to].at < earliest) {
            errors.push_back(
                {field, {Rule::earliest, local_minute(std::chrono::ceil<std::chrono::minutes>(earliest))}});
        } else if (stops[to].at > latest) {
            errors.push_back({field, {Rule::latest, local_minute(std::chrono::floor<std::chrono::minutes>(latest))}});
        } else {
            continue;
        }
        first = to;
    }
}

}  // namespace

std::string spell_km(double metres) {
    return std::to_string(std::llround(std::ceil(metres / 1'000)));
}

std::vector<FieldError> find_new_misnomers(std::span<const Stop> before, std::span<const Stop> stops,
                                           const Atlas& atlas) {
    std::vector<FieldError> errors;
    for (std::size_t i = 0; i < stops.size(); ++i) {
        if (i >= before.size() || before[i].label != stops[i].label) check_label(i, stops[i], atlas, errors);
    }
    return errors;
}

std::vector<FieldError> find_implausible(std::span<const Stop> stops, std::span<const geo::Leg> road,
                                         const Atlas& atlas) {
    std::vector<FieldError> errors;
    // The road to a point on another continent says nothing about times.
    if (check_places(stops, atlas, errors)) {
        check_direction(stops, errors);
        check_pace(stops, road, errors);
    }
    return errors;
}

}  // namespace safargo::trips
