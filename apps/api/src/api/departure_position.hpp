// The position in a list sorted by departure: the next page starts after this time, and among equal times after this
// id.
#pragma once

#include "core/time.hpp"
#include "core/uuid.hpp"

#include <string>
#include <string_view>

namespace safargo::api {

struct DeparturePosition {
    Instant departure;
    Uuid id;

    std::string str() const;                                // for a cursor
    static DeparturePosition parse(std::string_view text);  // only for text from str()
};

}  // namespace safargo::api
