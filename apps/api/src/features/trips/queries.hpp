// Reading trips.
#pragma once

#include "core/caller.hpp"
#include "core/clock.hpp"
#include "db/database.hpp"
#include "features/trips/neighbours.hpp"
#include "features/trips/reader.hpp"
#include "features/trips/requests.hpp"

namespace safargo::trips {

class TripQueries {
public:
    TripQueries(db::Database& database, const Clock& clock, TripNeighbours neighbours)
        : database_(database), clock_(clock), cursors_(neighbours.cursors), reader_(neighbours.cards) {}

    // Other drivers' drafts are not_found. Women-only trips exist only for their driver, women whose gender is
    // confirmed, and moderators.
    Task<Result<TripView>> show(std::optional<Caller> caller, TripId id);
    Task<Result<TripPage>> list_mine(Caller caller, ListMyTrips wanted);

private:
    Task<bool> may_see(const TripView& trip, std::optional<Caller> caller);

    db::Database& database_;
    const Clock& clock_;
    const api::CursorSigner& cursors_;
    TripReader reader_;
};

}  // namespace safargo::trips
