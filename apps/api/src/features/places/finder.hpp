// Finds places by what people type: by name; then around the town that the words name; if nothing is named, by
// description.
#pragma once

#include "db/database.hpp"
#include "features/places/name_search.hpp"
#include "features/places/ranking.hpp"
#include "geo/gazetteer.hpp"
#include "ports/place_search.hpp"

#include <vector>

namespace safargo::places {

struct FoundName {
    std::string slug;
    double relevance = 0;  // greater is better
};

class PlaceFinder {
public:
    // `index`: null if PostgreSQL searches.
    PlaceFinder(db::Database& database, PlaceSearch* index, const geo::Gazetteer& gazetteer)
        : index_(index), names_(database), gazetteer_(gazetteer) {}

    // Best first, at most `query.limit`. The kinds of the query do not matter.
    Task<std::vector<FoundName>> find(PlaceSearchQuery query);

    // Of the kinds that the query names, ranked by name alone.
    Task<std::vector<RankedHit>> find_named(PlaceSearchQuery query);

private:
    using Search = Task<std::vector<PlaceHit>> (PlaceSearch::*)(PlaceSearchQuery);
    // Asks the index, and PostgreSQL if that fails or there is none.
    Task<std::vector<PlaceHit>> ask(Search search, PlaceSearchQuery query);
    Task<std::vector<FoundName>> find_around(LatLng town, PlaceSearchQuery query);
    Task<std::vector<FoundName>> find_described(PlaceSearchQuery query);

    PlaceSearch* index_;
    NameSearch names_;
    const geo::Gazetteer& gazetteer_;
};

}  // namespace safargo::places
