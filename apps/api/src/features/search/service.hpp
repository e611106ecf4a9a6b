// Search is answered from memory; PostgreSQL is queried only for who may see women-only trips.
#pragma once

#include "api/cursor.hpp"
#include "core/caller.hpp"
#include "core/clock.hpp"
#include "db/database.hpp"
#include "features/search/driver_cards.hpp"
#include "features/search/types.hpp"
#include "matching/trip_index.hpp"

namespace safargo::search {

class SearchService {
public:
    SearchService(db::Database& database, const matching::TripIndex& index, const DriverCards& drivers,
                  const api::CursorSigner& cursors, const Clock& clock);

    // malformed_request for a cursor that is not of this query; validation_failed naming `hour_to` for an empty range
    // of hours.
    Task<Result<SearchPage>> search(std::optional<Caller> caller, SearchQuery wanted);
    Task<Result<NearbyTrips>> near(std::optional<Caller> caller, NearQuery wanted);

private:
    Task<bool> sees_women_only(std::optional<Caller> caller);

    db::Database& database_;
    const matching::TripIndex& index_;
    const DriverCards& drivers_;
    const api::CursorSigner& cursors_;
    const Clock& clock_;
};

}  // namespace safargo::search
