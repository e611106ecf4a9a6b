// Travel demand: a gravity model of Algeria (packages/database/data/demand_model.md). Synthetic, not a forecast.
#pragma once

#include "core/time.hpp"
#include "geo/gazetteer.hpp"
#include "geo/road_graph.hpp"
#include "seed/random.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace safargo::seed {

// Two wilayas, with the road between their capitals; one entry per pair.
struct WilayaPair {
    int from = 0, to = 0;
    std::int64_t km = 0, minutes = 0;
    double weight = 0;
};

// Reads wilaya_distances.csv; throws geo::BadData for an invalid row.
std::vector<WilayaPair> read_wilaya_pairs(const std::filesystem::path& folder);

struct Waypoint {
    LatLng where;
    std::string label;
    std::string commune_id;
};

// The route of a trip: two to four stops, one leg between each two.
struct Itinerary {
    int from_wilaya = 0, to_wilaya = 0;
    std::vector<Waypoint> stops;
    geo::Route route;
    geo::DirectRoads direct{0};         // between each pair of stops, for their caps
    const geo::Place* place = nullptr;  // the destination, if it is a trip to a sight
};

// Gazetteer and roads must outlive the model.
class DemandModel {
public:
    DemandModel(const geo::Gazetteer& gazetteer, const geo::RoadGraph& roads, std::vector<WilayaPair> pairs);

    // Draws for that day (seasons, feasts, weekend flows); deterministic for a given state of `random`.
    Itinerary draw(LocalDate day, Random& random) const;

    // From capital to capital, with random stops in towns on the way.
    Itinerary between(int from_wilaya, int to_wilaya, Random& random) const;

private:
    struct Region {
        int wilaya = 0;
        Waypoint capital;
        std::vector<const geo::Town*> near, all;  // near: within 30 km of the capital
        WeightedChoice near_choice, all_choice;
        WeightedChoice sights;  // of gazetteer.places()
        bool has_beach = false, is_sahara = false, is_metropolis = false;
    };
    struct Direction {
        const Region* from;
        const Region* to;
        const WilayaPair* pair;
    };

    Region make_region(const geo::Wilaya& wilaya) const;
    std::vector<double> sight_weights(LatLng from) const;
    const Region& region(int wilaya) const { return regions_[index_[static_cast<std::size_t>(wilaya)]]; }
    std::int64_t minutes(const Region& from, const Region& to) const;

    Direction draw_direction(LocalDate day, Random& random) const;
    Itinerary draw_journey(LocalDate day, Random& random) const;
    Itinerary draw_day_out(Random& random) const;
    std::vector<Waypoint> draw_between(const Direction& direction, Random& random) const;
    Itinerary drive(const Region& from, const Region& to, std::vector<Waypoint> stops) const;

    const geo::Gazetteer& gazetteer_;
    const geo::RoadGraph& roads_;
    std::vector<WilayaPair> pairs_;
    WeightedChoice pair_choice_, origin_choice_;
    std::vector<Region> regions_;
    std::vector<std::size_t> index_;     // of a region, by wilaya code
    std::vector<std::int64_t> minutes_;  // between capitals, by both indices
};

}  // namespace safargo::seed
