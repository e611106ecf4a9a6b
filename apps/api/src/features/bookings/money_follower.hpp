// What happens to a booking when its money arrives, does not, or has been captured.
#pragma once

#include "core/clock.hpp"
#include "db/database.hpp"
#include "features/bookings/locker.hpp"

namespace safargo::bookings {

class MoneyFollower final : public payments::PaymentObserver {
public:
    MoneyFollower(db::Database& database, const Clock& clock, trips::Seats& seats, payments::Payments& payments,
                  const BookingMoves& moves)
        : database_(database), clock_(clock), seats_(seats), payments_(payments), moves_(moves), locker_(seats) {}

    Task<void> held(BookingId booking) override;
    Task<void> declined(BookingId booking) override;
    Task<bool> may_capture(db::Transaction& tx, BookingId booking) override;
    Task<void> captured(db::Transaction& tx, BookingId booking) override;

private:
    Task<Result<Nothing>> take_money(db::Transaction& tx, BookingId id);
    Task<bool> confirm_overdue(db::Transaction& tx, Booking booking, Instant now);
    Task<bool> revive(db::Transaction& tx, const LockedBooking& locked, Instant now);
    Task<Result<Nothing>> note_decline(db::Transaction& tx, BookingId id);
    Task<bool> is_waiting(db::Transaction& tx, BookingId id);

    db::Database& database_;
    const Clock& clock_;
    trips::Seats& seats_;
    payments::Payments& payments_;
    const BookingMoves& moves_;
    BookingLocker locker_;
    BookingRepository rows_;
    NoShowRows no_shows_;
};

}  // namespace safargo::bookings
