// From departure to the end: start, complete, cancel, and closing overdue trips (PRODUCT section 3).
#pragma once

#include "core/caller.hpp"
#include "core/clock.hpp"
#include "db/database.hpp"
#include "features/live/service.hpp"
#include "features/trips/events.hpp"
#include "features/trips/locked_trip.hpp"
#include "features/trips/neighbours.hpp"
#include "features/trips/reader.hpp"
#include "features/trips/rules.hpp"

namespace safargo::trips {

// Other drivers' trips are not_found.
class TripLifecycle {
public:
    TripLifecycle(db::Database& database, const Clock& clock, TripNeighbours neighbours, TripRules rules,
                  TripListener& listener, live::Announcer announcer = {})
        : database_(database),
          clock_(clock),
          drivers_(neighbours.drivers),
          rules_(rules),
          listener_(listener),
          announcer_(announcer),
          reader_(neighbours.cards) {}

    Task<Result<TripView>> start(db::Transaction& tx, Caller caller, TripId id);
    Task<Result<TripView>> complete(db::Transaction& tx, Caller caller, TripId id);
    Task<Result<TripView>> cancel(db::Transaction& tx, Caller caller, TripId id);  // admins too

    // For the job: trips that should have ended 12 h ago complete if anyone boarded, otherwise they are cancelled.
    // Returns how many it ended; one that is locked or fails does not block the others (db/sweep.hpp).
    Task<int> complete_overdue(Instant now);

    // too_early; whether an open trip may start now.
    Result<Nothing> may_start(const Trip& trip) const;
    // For a trip locked after its driver: sets the status and runs all effects of a start; updates `trip`.
    Task<Result<Nothing>> begin_ride(db::Transaction& tx, Trip& trip);

private:
    // Their other pages and devices; bookings tell the passengers.
    void tell_driver(db::Transaction& tx, const Trip& trip, std::string_view what) const;
    Task<Result<Nothing>> end_ride(db::Transaction& tx, Trip& trip);
    Task<Result<Nothing>> call_off(db::Transaction& tx, Trip& trip, CancelledBy by);
    Task<Result<bool>> end_overdue(db::Transaction& tx, TripId id, Instant now);

    db::Database& database_;
    const Clock& clock_;
    drivers::DriverService& drivers_;
    TripRules rules_;
    TripListener& listener_;
    live::Announcer announcer_;
    TripRepository rows_;
    TripReader reader_;
};

}  // namespace safargo::trips
