// Records the cash of short rides, once nobody can dispute them any more: carries out "booking.cash_due".
#pragma once

#include "core/clock.hpp"
#include "db/database.hpp"
#include "db/outbox.hpp"
#include "features/bookings/moves.hpp"

namespace safargo::bookings {

class LateCash {
public:
    LateCash(db::Database& database, const Clock& clock, const BookingMoves& moves)
        : database_(database), clock_(clock), moves_(moves) {}

    db::Subscription subscription();

private:
    Task<void> record(db::OutboxMessage message);
    Task<Result<Nothing>> record_one(db::Transaction& tx, BookingId id);

    db::Database& database_;
    const Clock& clock_;
    const BookingMoves& moves_;
    BookingRepository rows_;
};

}  // namespace safargo::bookings
