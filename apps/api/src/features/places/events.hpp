// What changed in the search by name, after the commit: a place, a commune or another town.
#pragma once

#include "contract/described.hpp"
#include "db/event_kind.hpp"
#include "ports/place_search.hpp"

#include <cstdint>

namespace safargo::places {

// Published whenever a row that people search by name is written or removed.
inline const db::EventKind place_changed{"place.changed"};

struct PlaceChanged {
    NamedKind kind;
    Text<100> code;        // a place's slug, a commune's official code
    std::int64_t version;  // greater than any before, also when the row was removed
};
BOOST_DESCRIBE_STRUCT(PlaceChanged, (), (kind, code, version))

}  // namespace safargo::places
