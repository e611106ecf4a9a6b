// The seats of trips, as bookings take them. Bookings are told of a trip's changes through TripListener (events.hpp).
#pragma once

#include "core/result.hpp"
#include "core/task.hpp"
#include "db/transaction.hpp"
#include "features/trips/types.hpp"

#include <optional>
#include <vector>

namespace safargo::trips {

// What bookings may do with trips. Lock order everywhere: driver, trip, booking, payment.
class Seats {
public:
    virtual ~Seats() = default;

    // The row, locked until the transaction ends; nullopt when there is none.
    virtual Task<std::optional<Trip>> lock(db::Transaction& tx, TripId id) = 0;
    // Several rows, locked in the order of their ids so that two callers cannot deadlock.
    virtual Task<std::vector<Trip>> lock_all(db::Transaction& tx, std::vector<TripId> ids) = 0;
    virtual Task<std::optional<Trip>> find(db::Session& session, TripId id) = 0;

    // On legs from..to-1 of a locked trip; updates `trip` to the new row. trip_full when a leg has too few.
    virtual Task<Result<Nothing>> take(db::Transaction& tx, Trip& trip, int from, int to, int seats) = 0;
    virtual Task<void> give_back(db::Transaction& tx, Trip& trip, int from, int to, int seats) = 0;

    // The first passenger to board starts the trip. Callers that may start one lock its driver's row first, then the
    // trip.
    virtual Task<std::optional<Trip>> lock_with_driver(db::Transaction& tx, UserId driver, TripId id) = 0;
    // too_early; whether an open trip may start now.
    virtual Result<Nothing> may_start(const Trip& trip) const = 0;
    // Sets the status and runs all effects of a start; updates `trip`.
    virtual Task<Result<Nothing>> begin_ride(db::Transaction& tx, Trip& trip) = 0;
};

}  // namespace safargo::trips
