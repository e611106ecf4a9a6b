// The one order of what a text search found, whichever store found it.
#pragma once

#include "geo/gazetteer.hpp"
#include "ports/place_search.hpp"

#include <string_view>
#include <vector>

namespace safargo::places {

struct RankedHit {
    PlaceHit hit;
    int score = 0;  // see geo/name_scores.hpp; greater is better
};

// Ranks `hits` by how well their names answer the query, as geo/name_index does for suggestions; those that do not
// answer it are left out. A wilaya beside a name tells which one is meant. Equal scores: the greater weight, then by
// code.
std::vector<RankedHit> rank(std::string_view query, std::vector<PlaceHit> hits, const geo::Gazetteer& gazetteer);

}  // namespace safargo::places
