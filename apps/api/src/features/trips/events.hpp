// How trips call bookings and disputes: one interface, which these implement; in the other direction it is `Seats`
// (service.hpp). Everything happens inside the transaction that changes the trip, whose row is locked. What others only
// hear of, after the commit, is published: "trip.cancelled".
#pragma once

#include "core/result.hpp"
#include "core/task.hpp"
#include "db/event_kind.hpp"
#include "db/transaction.hpp"
#include "features/trips/types.hpp"

#include <boost/describe/class.hpp>

namespace safargo::trips {

enum class CancelledBy { driver, admin, system };

// Someone else than the driver cancelled the trip: an admin, or the system when no one had ended it.
inline const db::EventKind trip_cancelled{"trip.cancelled"};

struct TripCancelled {
    TripId trip_id;
    UserId driver_id;
};
BOOST_DESCRIBE_STRUCT(TripCancelled, (), (trip_id, driver_id))

// Publishes it, in order per trip; nothing for a cancellation by the driver.
void announce_cancellation(db::Transaction& tx, const Trip& trip, CancelledBy by, Instant now);

class TripListener {
public:
    virtual ~TripListener() = default;
    // Before an edit: overdue holds give their seats back to `trip`, so that an edit needs the consent of real
    // passengers only.
    virtual Task<void> free_overdue(db::Transaction& tx, Trip& trip) = 0;
    // An open trip was edited, and `after` is written. Changes that a passenger would have to agree to are refused
    // (seats_sold), which undoes the edit.
    virtual Task<Result<Nothing>> edited(db::Transaction& tx, const Trip& before, const Trip& after) = 0;
    virtual Task<void> started(db::Transaction& tx, const Trip& trip) = 0;    // requests and unpaid bookings expire
    virtual Task<void> completed(db::Transaction& tx, const Trip& trip) = 0;  // passengers owe, the driver earns
    virtual Task<void> cancelled(db::Transaction& tx, const Trip& trip, CancelledBy by) = 0;  // everyone refunded
    virtual Task<bool> anyone_boarded(db::Transaction& tx, const Trip& trip) = 0;
};

}  // namespace safargo::trips
