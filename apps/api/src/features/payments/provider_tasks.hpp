// The calls to the payment provider, always outside a transaction: the hold at once, everything else as outbox
// handlers, each safe to run again after a crash between any two of its steps. The answer is recorded, and the booking
// told, in one transaction.
#pragma once

#include "core/clock.hpp"
#include "db/database.hpp"
#include "db/outbox.hpp"
#include "features/live/service.hpp"
#include "features/payments/events.hpp"
#include "features/payments/providers.hpp"
#include "features/payments/repository.hpp"

#include <optional>

namespace safargo::payments {

class ProviderTasks {
public:
    ProviderTasks(db::Database& database, const Clock& clock, Providers providers, live::Announcer announcer = {})
        : database_(database), clock_(clock), providers_(providers), announcer_(announcer) {}

    // The bookings, which are built later. To be set before the first request or outbox row.
    void set_listener(PaymentListener& listener) { listener_ = &listener; }
    PaymentListener& listener() const;

    db::Subscription subscription();

    // Payments::hold_now.
    Task<void> hold_now(BookingId booking);

    // True: the provider holds the money of the open intent; false: it declined. For a payment that is no longer an
    // open intent: whether its money is held (or captured); even a cancelled or failed one may be, if an answer was
    // lost. Throws DependencyUnavailable when the outcome is unknown.
    Task<bool> authorize(BookingId booking);

    // Once per payment (a repetition changes nothing): intent -> hold, intent -> failed.
    Task<void> record_hold(db::Transaction& tx, BookingId booking);
    Task<void> record_decline(db::Transaction& tx, BookingId booking);

    // Captures held money if the booking allows it, and tells the booking; otherwise checks again in an hour. A refused
    // capture ends the payment as failed: the hold leaves the books, no one is paid, the booking stays completed, and
    // the failure is logged and counted for operators.
    Task<void> capture(BookingId booking);

private:
    Task<void> see_to_hold(db::OutboxMessage message);
    Task<void> capture_part(db::OutboxMessage message);
    Task<void> release(db::OutboxMessage message);
    Task<void> refund(db::OutboxMessage message);

    Task<void> hold_if_due(BookingId booking);
    Task<Result<bool>> due_now(db::Transaction& tx, BookingId booking);
    Task<Result<Nothing>> take_hold(db::Transaction& tx, BookingId booking);
    Task<Result<Nothing>> take_decline(db::Transaction& tx, BookingId booking);
    Task<Result<std::optional<Payment>>> begin_capture(db::Transaction& tx, BookingId booking);
    Task<Result<Nothing>> record_capture(db::Transaction& tx, BookingId booking, bool collected);
    Task<void> record_captured(db::Transaction& tx, Payment payment);
    Task<void> record_lost_hold(db::Transaction& tx, Payment payment);
    Task<Result<Nothing>> record_uncollected(db::Transaction& tx, BookingId booking);
    Task<void> store_and_tell(db::Transaction& tx, Payment payment);

    db::Database& database_;
    const Clock& clock_;
    Providers providers_;
    live::Announcer announcer_;
    PaymentListener* listener_ = nullptr;
};

}  // namespace safargo::payments
