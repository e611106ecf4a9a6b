// Converts a search request into the engine's query, and the engine's position into a cursor.
#pragma once

#include "features/search/types.hpp"
#include "matching/query.hpp"

#include <string>

namespace safargo::search {

inline constexpr int open_window_days = 30;  // without a date

matching::Query engine_query(const SearchQuery& wanted, Instant now, bool sees_women_only);
matching::Query engine_query(const NearQuery& wanted, Instant now, bool sees_women_only);

// Everything a page depends on except position, limit and the time.
std::string fingerprint(const SearchQuery& wanted, bool sees_women_only);

std::string print_position(const matching::Position& position);  // exact
std::optional<matching::Position> parse_position(std::string_view text);

}  // namespace safargo::search
