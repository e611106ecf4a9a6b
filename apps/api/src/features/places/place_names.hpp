// Keeps the search by name equal to the table of places and to the gazetteer, and publishes what changed.
#pragma once

#include "core/time.hpp"
#include "db/transaction.hpp"
#include "features/places/named_rows.hpp"
#include "geo/gazetteer.hpp"

#include <cstddef>
#include <string>

namespace safargo::places {

class PlaceNames {
public:
    // All rows; cheap if nothing differs. Returns how many changed. The first filling of an empty table publishes
    // nothing: there is no index yet that could follow it.
    Task<std::size_t> refresh(db::Transaction& tx, const geo::GazetteerData& towns, Instant now);

    // After the row of a place was written or removed in the same transaction.
    Task<void> refresh_place(db::Transaction& tx, std::string slug, Instant now);

private:
    NamedRows rows_;
};

}  // namespace safargo::places
