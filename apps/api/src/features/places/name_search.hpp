// The search by name that PostgreSQL does: trigrams of words, of their sounds and of their consonants, and full text of
// the descriptions.
#pragma once

#include "db/database.hpp"
#include "ports/place_search.hpp"

#include <string>
#include <vector>

namespace safargo::places {

struct Neighbour {
    std::string slug;
    double distance_m;
};

class NameSearch final : public PlaceSearch {
public:
    explicit NameSearch(db::Database& database) : database_(database) {}

    Task<std::vector<PlaceHit>> find(PlaceSearchQuery query) override;
    Task<std::vector<PlaceHit>> find_described(PlaceSearchQuery query) override;

    // Places around a point, nearest first, by the filters of the query and not by its words.
    Task<std::vector<Neighbour>> places_around(LatLng centre, double radius_m, PlaceSearchQuery query);

private:
    db::Database& database_;
};

}  // namespace safargo::places
