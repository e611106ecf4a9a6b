// Cursors of the place list as text: the query, and the position where the page ends.
#pragma once

#include "features/places/repository.hpp"
#include "features/places/types.hpp"

#include <string>
#include <string_view>

namespace safargo::places {

// Everything but the cursor and the limit, which may change between pages.
std::string fingerprint(const PlaceQuery& wanted, Language language);

std::string print_position(const PlacePosition& position);
PlacePosition parse_position(std::string_view text);  // inverse of print_position; throws std::invalid_argument

}  // namespace safargo::places
