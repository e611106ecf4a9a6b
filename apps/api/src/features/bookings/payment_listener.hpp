// What happens to a booking when its payment arrives, is declined, or has been captured; inside the payment's
// transaction.
#pragma once

#include "core/clock.hpp"
#include "features/bookings/locked_booking.hpp"
#include "features/bookings/transitions.hpp"
#include "features/payments/events.hpp"

namespace safargo::bookings {

class BookingPaymentListener final : public payments::PaymentListener {
public:
    BookingPaymentListener(const Clock& clock, trips::Seats& seats, payments::Payments& payments,
                           const BookingTransitions& transitions)
        : clock_(clock), seats_(seats), payments_(payments), transitions_(transitions) {}

    Task<std::optional<payments::PayableBooking>> lock(db::Transaction& tx, BookingId booking) override;
    Task<payments::HeldMoney> held(db::Transaction& tx, BookingId booking) override;
    Task<bool> declined(db::Transaction& tx, BookingId booking) override;
    Task<void> captured(db::Transaction& tx, BookingId booking) override;

private:
    Task<std::optional<Instant>> waits_until(db::Transaction& tx, const Booking& booking, Instant now);
    Task<bool> confirm_overdue(db::Transaction& tx, Booking booking, Instant now);
    Task<bool> revive(db::Transaction& tx, const LockedBooking& locked, Instant now);
    Task<bool> is_waiting(db::Transaction& tx, BookingId id);

    const Clock& clock_;
    trips::Seats& seats_;
    payments::Payments& payments_;
    const BookingTransitions& transitions_;
    BookingRepository rows_;
    NoShowRows no_shows_;
};

}  // namespace safargo::bookings
