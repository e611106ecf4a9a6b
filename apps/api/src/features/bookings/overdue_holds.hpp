// The sweeper's work: holds whose deadline has passed give their seats back.
#pragma once

#include "db/database.hpp"
#include "features/bookings/locked_booking.hpp"
#include "features/bookings/transitions.hpp"

namespace safargo::bookings {

class OverdueHolds {
public:
    OverdueHolds(db::Database& database, trips::Seats& seats, const BookingTransitions& transitions)
        : database_(database), seats_(seats), transitions_(transitions) {}

    // Expires all overdue holds, each in its own transaction: a locked one is left for the next run, a failing one is
    // logged and counted, and neither blocks the others. Returns how many expired.
    Task<int> expire_all(Instant now);

private:
    Task<Result<bool>> expire_one(db::Transaction& tx, BookingId id, Instant now);

    db::Database& database_;
    trips::Seats& seats_;
    const BookingTransitions& transitions_;
    BookingRepository rows_;
};

}  // namespace safargo::bookings
