// Writes places: the loader's counterpart for the back-office. Each change reaches the search by name in the same
// transaction, and its listeners after the commit.
#pragma once

#include "core/result.hpp"
#include "core/time.hpp"
#include "db/transaction.hpp"
#include "features/geo/types.hpp"
#include "features/places/place_names.hpp"
#include "features/places/types.hpp"

#include <string>
#include <vector>

namespace safargo::places {

struct PlaceDraft {
    std::string slug;  // names the place that is written; a new one makes a new place
    geo_routes::LocalisedNames names, descriptions;
    std::vector<std::string> other_names;  // former ones and nicknames, which people search by
    PlaceType type;
    std::int16_t wilaya;
    LatLng at;
    bool unesco = false;
};

class PlaceEditor {
public:
    // not_found if there is no such wilaya.
    Task<Result<PlaceId>> save(db::Transaction& tx, PlaceDraft draft, Instant now);
    // not_found; illegal_transition while trips lead there.
    Task<Result<Nothing>> remove(db::Transaction& tx, std::string slug, Instant now);

private:
    PlaceNames names_;
};

}  // namespace safargo::places
