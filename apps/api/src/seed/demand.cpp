#include "seed/demand.hpp"

#include "geo/csv.hpp"
#include "seed/demand_calendar.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

namespace safargo::seed {
namespace {

constexpr double near_capital_m = 30'000;
constexpr double share_near_capital = 0.8;
constexpr std::int64_t capitals_only_from_km = 400;
constexpr double day_out_share = 0.08;
constexpr double least_trip_m = 5'000;

// A capital is on the way if passing through it costs almost nothing.
constexpr double on_the_way_factor = 1.02;
constexpr std::int64_t on_the_way_slack_minutes = 3;
constexpr std::int64_t stops_apart_minutes = 25;
constexpr double longest_detour_factor = 1.15;

constexpr auto sahara = std::to_array<std::string_view>(
    {"Djanet", "Tamanrasset", "Timimoun", "Béni Abbès", "Béchar", "Ghardaïa", "El Oued"});
constexpr auto metropolises = std::to_array<std::string_view>({"Alger", "Oran", "Constantine", "Annaba", "Ouargla"});

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

double attraction(const geo::Place& place) {
    constexpr auto twice = std::to_array<std::string_view>({"heritage", "park", "oasis", "waterfall"});
    const double of_type = place.type == "beach" ? 3 : is_one_of(twice, place.type) ? 2 : 1;
    return place.unesco ? 2 * of_type : of_type;
}

// People travel farther for the desert than for a picnic.
double reach_m(const geo::Place& place) {
    return place.type == "desert" || place.type == "oasis" ? 600'000 : 150'000;
}

Waypoint waypoint(const geo::Town& town) {
    return {town.position, town.name_fr, town.code};
}

WeightedChoice by_population(const std::vector<const geo::Town*>& towns) {
    std::vector<double> weights;
    for (const geo::Town* town : towns) weights.push_back(static_cast<double>(town->population));
    return WeightedChoice(weights);
}

// The number of stops: mostly none, sometimes one town on the way, rarely two.
std::size_t draw_stop_count(Random& random) {
    static const WeightedChoice choice({45, 35, 20});
    return choice.pick(random);
}

std::vector<LatLng> points_of(const std::vector<Waypoint>& stops) {
    std::vector<LatLng> points;
    for (const Waypoint& stop : stops) points.push_back(stop.where);
    return points;
}

}  // namespace

std::vector<WilayaPair> read_wilaya_pairs(const std::filesystem::path& folder) {
    const auto table =
        geo::CsvTable::read(folder / "wilaya_distances.csv", {"from_code", "to_code", "km", "minutes", "trip_weight"});
    std::vector<WilayaPair> pairs;
    for (std::size_t i = 0; i < table.size(); ++i) {
        const geo::CsvRow row = table.row(i);
        pairs.push_back({static_cast<int>(row.integer("from_code", 1, 99)),
                         static_cast<int>(row.integer("to_code", 1, 99)), row.integer("km", 1, 5'000),
                         row.integer("minutes", 1, 10'000), row.number("trip_weight", 0, 1e6)});
    }
    return pairs;
}

DemandModel::DemandModel(const geo::Gazetteer& gazetteer, const geo::RoadGraph& roads, std::vector<WilayaPair> pairs)
    : gazetteer_(gazetteer), roads_(roads), pairs_(std::move(pairs)), index_(100) {
    std::vector<double> populations, weights;
    for (const geo::Wilaya& wilaya : gazetteer.wilayas()) {
        index_[static_cast<std::size_t>(wilaya.code)] = regions_.size();
        regions_.push_back(make_region(wilaya));
        populations.push_back(static_cast<double>(wilaya.population));
    }
    minutes_.assign(regions_.size() * regions_.size(), 0);
    for (const WilayaPair& pair : pairs_) {
        weights.push_back(pair.weight);
        const std::size_t from = index_[static_cast<std::size_t>(pair.from)];
        const std::size_t to = index_[static_cast<std::size_t>(pair.to)];
        minutes_[from * regions_.size() + to] = minutes_[to * regions_.size() + from] = pair.minutes;
    }
    pair_choice_ = WeightedChoice(weights);
    origin_choice_ = WeightedChoice(populations);
}

DemandModel::Region DemandModel::make_region(const geo::Wilaya& wilaya) const {
    Region region;
    region.wilaya = wilaya.code;
    region.capital = {wilaya.position, wilaya.capital, gazetteer_.nearest_commune(wilaya.position).commune->code};
    for (const geo::Town& commune : gazetteer_.communes()) {
        if (commune.wilaya_code != wilaya.code) continue;
        region.all.push_back(&commune);
        if (distance_m(commune.position, wilaya.position) <= near_capital_m) region.near.push_back(&commune);
    }
    region.near_choice = by_population(region.near);
    region.all_choice = by_population(region.all);
    region.sights = WeightedChoice(sight_weights(wilaya.position));
    region.has_beach = std::ranges::any_of(gazetteer_.places(), [&](const geo::Place& place) {
        return place.wilaya_code == wilaya.code && place.type == "beach";
    });
    region.is_sahara = is_one_of(sahara, wilaya.name_fr);
    region.is_metropolis = is_one_of(metropolises, wilaya.name_fr);
    return region;
}

std::vector<double> DemandModel::sight_weights(LatLng from) const {
    std::vector<double> weights;
    for (const geo::Place& place : gazetteer_.places())
        weights.push_back(attraction(place) * std::exp(-distance_m(from, place.position) / reach_m(place)));
    return weights;
}

std::int64_t DemandModel::minutes(const Region& from, const Region& to) const {
    const auto at = [&](const Region& region) { return static_cast<std::size_t>(&region - regions_.data()); };
    return minutes_[at(from) * regions_.size() + at(to)];
}

Itinerary DemandModel::draw(LocalDate day, Random& random) const {
    for (;;) {
        Itinerary itinerary = random.chance(day_out_share) ? draw_day_out(random) : draw_journey(day, random);
        if (distance_m(itinerary.stops.front().where, itinerary.stops.back().where) >= least_trip_m) return itinerary;
    }
}

// On Thursdays and before feasts people leave the big cities, on Saturdays they return. Seasons are applied by
// rejection: a destination out of season is drawn again.
DemandModel::Direction DemandModel::draw_direction(LocalDate day, Random& random) const {
    const double outward = is_thursday(day) || is_before_feast(day) ? 0.6 : is_saturday(day) ? 0.4 : 0.5;
    for (;;) {
        const WilayaPair& pair = pairs_[pair_choice_.pick(random)];
        const Region *from = &region(pair.from), *to = &region(pair.to);
        if (to->is_metropolis && !from->is_metropolis) std::swap(from, to);
        const bool leans = from->is_metropolis && !to->is_metropolis;
        if (!random.chance(leans ? outward : 0.5)) std::swap(from, to);
        const double season = (to->has_beach ? beach_weight(day) : 1) * (to->is_sahara ? sahara_weight(day) : 1);
        if (random.chance(season / highest_destination_weight)) return {from, to, &pair};
    }
}

Itinerary DemandModel::draw_journey(LocalDate day, Random& random) const {
    const Direction direction = draw_direction(day, random);
    const auto end = [&](const Region& region) {
        if (direction.pair->km > capitals_only_from_km) return region.capital;
        const bool near = !region.near_choice.empty() && random.chance(share_near_capital);
        const auto& towns = near ? region.near : region.all;
        return waypoint(*towns[(near ? region.near_choice : region.all_choice).pick(random)]);
    };
    const Waypoint from = end(*direction.from), to = end(*direction.to);
    std::vector<Waypoint> stops = draw_between(direction, random);
    stops.insert(stops.begin(), from);
    stops.push_back(to);
    return drive(*direction.from, *direction.to, std::move(stops));
}

Itinerary DemandModel::between(int from_wilaya, int to_wilaya, Random& random) const {
    const auto pair = std::ranges::find_if(pairs_, [&](const WilayaPair& known) {
        return std::minmax(known.from, known.to) == std::minmax(from_wilaya, to_wilaya);
    });
    if (pair == pairs_.end()) throw std::invalid_argument("no road between these wilayas is known");
    const Direction direction{&region(from_wilaya), &region(to_wilaya), &*pair};
    std::vector<Waypoint> stops = draw_between(direction, random);
    stops.insert(stops.begin(), direction.from->capital);
    stops.push_back(direction.to->capital);
    return drive(*direction.from, *direction.to, std::move(stops));
}

// Capitals on the way, in order of travel.
std::vector<Waypoint> DemandModel::draw_between(const Direction& direction, Random& random) const {
    const auto& [from, to, pair] = direction;
    const double reach = on_the_way_factor * static_cast<double>(pair->minutes) + on_the_way_slack_minutes;
    std::vector<const Region*> candidates;
    for (const Region& via : regions_) {
        const std::int64_t before = minutes(*from, via), after = minutes(via, *to);
        if (std::min(before, after) >= stops_apart_minutes && static_cast<double>(before + after) <= reach)
            candidates.push_back(&via);
    }
    const std::size_t wanted = draw_stop_count(random);
    while (candidates.size() > wanted) candidates.erase(candidates.begin() + random.below(std::ssize(candidates)));
    std::ranges::sort(candidates, {}, [&](const Region* via) { return minutes(*from, *via); });
    std::vector<Waypoint> stops;
    for (const Region* via : candidates) stops.push_back(via->capital);
    return stops;
}

Itinerary DemandModel::draw_day_out(Random& random) const {
    const Region& from = regions_[origin_choice_.pick(random)];
    const geo::Place& place = gazetteer_.places()[from.sights.pick(random)];
    const geo::NearestCommune nearest = gazetteer_.nearest_commune(place.position);
    const bool near = nearest.distance_m <= near_capital_m;  // desert sights are not near any commune
    const Waypoint sight{place.position, place.name_fr, near ? nearest.commune->code : std::string{}};
    Itinerary itinerary = drive(from, region(place.wilaya_code), {from.capital, sight});
    itinerary.place = &place;
    return itinerary;
}

// A town may be on the way between two capitals but not between two of their suburbs.
Itinerary DemandModel::drive(const Region& from, const Region& to, std::vector<Waypoint> stops) const {
    Itinerary itinerary{from.wilaya, to.wilaya, std::move(stops), {}, geo::DirectRoads{0}, nullptr};
    itinerary.route = roads_.route(points_of(itinerary.stops));
    itinerary.direct = geo::DirectRoads::along(itinerary.route.legs);
    if (itinerary.stops.size() == 2) return itinerary;
    const geo::Route direct = roads_.route(itinerary.stops.front().where, itinerary.stops.back().where);
    const double longest = longest_detour_factor * static_cast<double>(direct.duration_s);
    if (static_cast<double>(itinerary.route.duration_s) <= longest) {
        itinerary.direct = roads_.direct_roads(points_of(itinerary.stops));
        return itinerary;
    }
    itinerary.stops = {itinerary.stops.front(), itinerary.stops.back()};
    itinerary.route = direct;
    itinerary.direct = geo::DirectRoads::along(itinerary.route.legs);
    return itinerary;
}

}  // namespace safargo::seed
