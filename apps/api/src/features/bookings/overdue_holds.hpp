// The sweeper's work: holds whose deadline has passed give their seats back.
#pragma once

#include "db/database.hpp"
#include "features/bookings/locker.hpp"

namespace safargo::bookings {

class OverdueHolds {
public:
    OverdueHolds(db::Database& database, trips::Seats& seats, const BookingMoves& moves)
        : database_(database), moves_(moves), locker_(seats) {}

    // Each in its own transaction, so that one that fails does not keep the others. Answers how many expired.
    Task<int> expire_all(Instant now);

private:
    Task<Result<bool>> expire_one(db::Transaction& tx, BookingId id, Instant now);

    db::Database& database_;
    const BookingMoves& moves_;
    BookingLocker locker_;
    BookingRepository rows_;
};

}  // namespace safargo::bookings
