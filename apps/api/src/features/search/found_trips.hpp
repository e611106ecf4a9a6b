// Converts the engine's matches into the response.
#pragma once

#include "features/search/driver_cards.hpp"
#include "features/search/types.hpp"
#include "matching/query.hpp"

namespace safargo::search {

// Trips whose driver left between search and reading are skipped.
std::vector<FoundTrip> describe(std::vector<matching::Match> matches, const DriverCards& drivers);

}  // namespace safargo::search
