// Records the cash of short rides once they can no longer be disputed: handles "booking.cash_due".
#pragma once

#include "core/clock.hpp"
#include "db/database.hpp"
#include "db/outbox.hpp"
#include "features/bookings/transitions.hpp"

namespace safargo::bookings {

class LateCash {
public:
    LateCash(db::Database& database, const Clock& clock, const BookingTransitions& transitions)
        : database_(database), clock_(clock), transitions_(transitions) {}

    db::Subscription subscription();

private:
    Task<void> record(db::OutboxMessage message);
    Task<Result<Nothing>> record_one(db::Transaction& tx, BookingId id);

    db::Database& database_;
    const Clock& clock_;
    const BookingTransitions& transitions_;
    BookingRepository rows_;
};

}  // namespace safargo::bookings
