// Where a page of a list goes on that is sorted by departure: after this time, and among equals after this id.
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
    static DeparturePosition parse(std::string_view text);  // only of what str() spelled
};

}  // namespace safargo::api
