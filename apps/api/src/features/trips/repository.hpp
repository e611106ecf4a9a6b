// Trips as rows: locks, seats, states.
#pragma once

#include "db/sweep.hpp"
#include "db/transaction.hpp"
#include "features/trips/types.hpp"

#include <optional>
#include <string>
#include <vector>

namespace safargo::trips {

using OverdueTrip = db::DueRow<TripId>;  // at its arrival

class TripRepository {
public:
    Task<std::optional<Trip>> find(db::Session& session, TripId id);
    // The active counterparts: the trip that this one returns from, or the trips that return from it.
    Task<std::vector<Trip>> other_ways(db::Session& session, Trip trip);
    // Locked until the transaction ends. Several in the order of their ids.
    Task<std::optional<Trip>> lock(db::Transaction& tx, TripId id);
    Task<std::vector<Trip>> lock_all(db::Transaction& tx, std::vector<TripId> ids);

    // Inserts the row, or rewrites it whole with the next version. overlapping_trip, overlapping_booking (the driver
    // rides with others at that time, holds past their deadline apart), plate_in_use, validation_failed naming
    // `place_id`.
    Task<Result<Nothing>> save(db::Transaction& tx, Trip trip, Instant now);

    // Takes seats on legs from..to-1 (negative: gives back); puts the row's new seats and version in `trip`. trip_full.
    Task<Result<Nothing>> take_seats(db::Transaction& tx, Trip& trip, int from, int to, int seats);

    // The status with its time stamp, and the next version.
    Task<void> set_status(db::Transaction& tx, TripId id, TripStatus status, Instant now);
    Task<void> link_return(db::Transaction& tx, TripId outbound, TripId back);
    // On any leg.
    Task<bool> took_somebody(db::Session& session, TripId id);

    // Open, under way or completed ones of one local day, without `except`.
    Task<std::int64_t> count_of_day(db::Session& session, UserId driver, LocalDate day, TripId except);
    // Whatever their present state.
    Task<std::int64_t> count_published(db::Session& session, UserId driver, LocalDate day);
    // Open or under way, with arrival before `arrived_before`; the longest overdue first, starting after `last`.
    Task<std::vector<OverdueTrip>> overdue(db::Session& session, Instant arrived_before, OverdueTrip last,
                                           std::size_t limit);
};

}  // namespace safargo::trips
