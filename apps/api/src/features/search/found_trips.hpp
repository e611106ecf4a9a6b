// Matches of the engine into what a client reads.
#pragma once

#include "features/search/trip_cards.hpp"
#include "features/search/types.hpp"
#include "matching/query.hpp"

namespace safargo::search {

// Trips that left between search and reading are skipped.
std::vector<FoundTrip> describe(const std::vector<matching::Match>& matches, const TripCards& cards);

}  // namespace safargo::search
