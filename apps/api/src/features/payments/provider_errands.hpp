// What goes to the payment provider after the commit: the errands of the outbox, each safe to run again after a crash
// between any two of its steps. A remote call never happens inside a transaction.
#pragma once

#include "core/clock.hpp"
#include "db/outbox.hpp"
#include "features/payments/events.hpp"
#include "features/payments/payment_service.hpp"

#include <optional>

namespace safargo::payments {

class ProviderErrands {
public:
    ProviderErrands(db::Database& database, const Clock& clock, Providers providers, Payments& payments,
                    PaymentObserver& observer, BookingDesk& desk)
        : database_(database),
          clock_(clock),
          providers_(providers),
          payments_(payments),
          observer_(observer),
          desk_(desk) {}

    db::Subscription subscription();

    // Tries the hold and tells the booking. Throws when the provider does not answer; trying again is safe.
    Task<void> try_hold(BookingId booking);

    // Captures held money if the booking lets it, and tells it; otherwise looks again in an hour.
    // A refused capture ends the payment as failed: the hold leaves the books, nobody is paid, the booking stays
    // completed, and the failure is logged and counted for people to look at.
    Task<void> capture(BookingId booking);

private:
    Task<void> see_to_hold(db::OutboxMessage message);
    Task<void> capture_part(db::OutboxMessage message);
    Task<void> release(db::OutboxMessage message);
    Task<void> refund(db::OutboxMessage message);

    Task<void> hold_if_due(BookingId booking);
    Task<Result<bool>> due_now(db::Transaction& tx, BookingId booking);
    Task<Result<std::optional<Payment>>> begin_capture(db::Transaction& tx, BookingId booking);
    Task<Result<Nothing>> record_capture(db::Transaction& tx, BookingId booking, bool collected);
    Task<void> record_captured(db::Transaction& tx, Payment payment);
    Task<void> record_lost_hold(db::Transaction& tx, Payment payment);
    Task<Result<Nothing>> record_uncollected(db::Transaction& tx, BookingId booking);

    db::Database& database_;
    const Clock& clock_;
    Providers providers_;
    Payments& payments_;
    PaymentObserver& observer_;
    BookingDesk& desk_;
};

}  // namespace safargo::payments
