// The rules of trips (PRODUCT section 3), and the seats that bookings take.
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

    // On legs from..to-1 of a locked trip; updates `trip` to the new row. trip_full when a leg has not enough.
    virtual Task<Result<Nothing>> take(db::Transaction& tx, Trip& trip, int from, int to, int seats) = 0;
    virtual Task<void> give_back(db::Transaction& tx, Trip& trip, int from, int to, int seats) = 0;
};

}  // namespace safargo::trips
