// When the payment provider is asked, and what its answers do. It is called outside transactions (attempts.hpp): for
// the hold at once, for everything else by outbox handlers, each safe to run again after a crash between any two of its
// steps. The answer is recorded, and the booking told, in one transaction.
#pragma once

#include "core/clock.hpp"
#include "db/database.hpp"
#include "db/outbox.hpp"
#include "features/live/service.hpp"
#include "features/payments/attempts.hpp"
#include "features/payments/events.hpp"
#include "features/payments/providers.hpp"
#include "features/payments/repository.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <utility>

namespace safargo::payments {

// What became of asking for the money.
enum class Asked {
    held,
    refused,
    waits,  // the passenger has to act at the provider, or the provider has not decided
};

// What the configuration says about attempts.
struct AttemptTerms {
    std::chrono::seconds settlement_delay{};
    std::string web_url{};  // where passengers come back to; "" if there is no web site
};

class ProviderTasks {
public:
    ProviderTasks(db::Database& database, const Clock& clock, Providers providers, live::Announcer announcer = {},
                  AttemptTerms terms = {})
        : database_(database),
          clock_(clock),
          announcer_(announcer),
          attempts_(database, providers),
          terms_(std::move(terms)) {}

    // The bookings, which are built later. To be set before the first request or outbox row.
    void set_listener(PaymentListener& listener) { listener_ = &listener; }
    PaymentListener& listener() const;

    db::Subscription subscription();

    // Payments::hold_now.
    Task<Asked> hold_now(BookingId booking);

    // Asks for the money of an open intent whose booking awaits it. For any other payment: what the provider has; even
    // a cancelled or failed one may be held, if an answer was lost or came late. Throws DependencyUnavailable when the
    // outcome is unknown.
    Task<Asked> authorize(BookingId booking);

    // Once per payment (a repetition changes nothing): intent -> hold, intent -> failed.
    Task<void> record_hold(db::Transaction& tx, BookingId booking);
    Task<void> record_decline(db::Transaction& tx, BookingId booking);

    // Captures held money if the booking allows it, and tells the booking; otherwise checks again in an hour. A refused
    // capture ends the payment as failed: the hold leaves the books, no one is paid, the booking stays completed, and
    // the failure is logged and counted for operators.
    Task<void> capture(BookingId booking);

    // Takes money whose hold is about to lapse: it is with us then, still on hold for both sides.
    Task<void> take_lapsing(Instant now);

private:
    Task<void> see_to_hold(db::OutboxMessage message);
    Task<void> look_once(db::OutboxMessage message);
    Task<void> capture_part(db::OutboxMessage message);
    Task<void> release(db::OutboxMessage message);
    Task<void> refund(db::OutboxMessage message);

    // Of which attempt: a late answer says nothing about the next one.
    struct Answer {
        Asked asked;
        int attempt;
    };
    Task<Answer> ask(BookingId booking);
    Task<Answer> ask_for(Payment payment);

    using Begun = std::optional<Attempts::Ask>;
    Task<Result<Begun>> begin_attempt(db::Transaction& tx, BookingId booking);
    Task<Asked> look(Payment payment);
    Task<Asked> see_to(BookingId booking);
    Task<Asked> see_to_intent(BookingId booking);
    Task<void> see_to_end(Payment payment);
    Task<Result<bool>> due_now(db::Transaction& tx, BookingId booking);
    Task<Result<Nothing>> look_later(db::Transaction& tx, BookingId booking);
    Task<Result<Nothing>> record(db::Transaction& tx, BookingId booking, Answer answer);
    Task<Result<Nothing>> take_hold(db::Transaction& tx, BookingId booking);
    Task<Result<Nothing>> take_decline(db::Transaction& tx, BookingId booking, int attempt);
    Task<Result<std::optional<Payment>>> begin_capture(db::Transaction& tx, BookingId booking);
    Task<Result<Nothing>> record_capture(db::Transaction& tx, BookingId booking, bool collected);
    Task<void> record_captured(db::Transaction& tx, Payment payment);
    Task<void> record_lost_hold(db::Transaction& tx, Payment payment);
    Task<Result<Nothing>> record_uncollected(db::Transaction& tx, BookingId booking);
    Task<void> store_and_tell(db::Transaction& tx, Payment payment);

    db::Database& database_;
    const Clock& clock_;
    live::Announcer announcer_;
    Attempts attempts_;
    AttemptTerms terms_;
    PaymentListener* listener_ = nullptr;
};

}  // namespace safargo::payments
