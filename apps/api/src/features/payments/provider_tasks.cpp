#include "features/payments/provider_tasks.hpp"

#include "contract/described.hpp"
#include "features/payments/failures.hpp"
#include "features/payments/payment_postings.hpp"
#include "features/payments/provider_task_rows.hpp"
#include "features/payments/states.hpp"
#include "features/payments/unheld_payments.hpp"

#include <stdexcept>

namespace safargo::payments {
namespace {

using Outcome = PaymentProvider::Outcome;

Task<Payment> find_existing(db::Session& session, BookingId booking) {
    std::optional<Payment> payment = co_await find_payment(session, booking);
    if (!payment) throw std::logic_error("booking " + booking.str() + " has no payment");
    co_return std::move(*payment);
}

}  // namespace

PaymentListener& ProviderTasks::listener() const {
    if (listener_ == nullptr) throw std::logic_error("payments have no listener");
    return *listener_;
}

// However long a provider is down, outstanding money still has to move when it comes back. One subscriber for all: the
// tasks of a payment are run in their order.
db::Subscription ProviderTasks::subscription() {
    using Message = db::OutboxMessage;
    return {.name = "payments.errands",
            .handlings = {{hold_task, [this](Message message) { return see_to_hold(std::move(message)); }},
                          {capture_task, [this](Message message) { return capture(read_task(message).booking); }},
                          {capture_part_task, [this](Message message) { return capture_part(std::move(message)); }},
                          {release_task, [this](Message message) { return release(std::move(message)); }},
                          {refund_task, [this](Message message) { return refund(std::move(message)); }}},
            .giving_up = db::GivingUp::never};
}

Task<void> ProviderTasks::hold_now(BookingId booking) {
    const bool held = co_await authorize(booking);
    co_await database_.transact<Nothing>([this, booking, held](db::Transaction& tx) {
        return held ? take_hold(tx, booking) : take_decline(tx, booking);
    });
}

Task<bool> ProviderTasks::authorize(BookingId booking) {
    const std::optional<Payment> payment = co_await find_payment(database_, booking);
    if (!payment || !payment->online()) throw std::logic_error("only online payments are authorised");
    PaymentProvider& provider = providers_.of(payment->method);
    switch (payment->status) {
        case PaymentStatus::hold:
        case PaymentStatus::captured:
            co_return true;
        case PaymentStatus::refunded:
            co_return false;
        case PaymentStatus::failed:
        case PaymentStatus::cancelled:
            co_return co_await provider.find_hold(payment->id.str()) == PaymentProvider::Outcome::done;
        case PaymentStatus::intent:
            break;
    }
    if (payment->amount == Dinars{0}) co_return true;  // a free seat: there is nothing to authorise
    const auto outcome = co_await provider.hold(hold_key(*payment), payment->id.str(), payment->amount);
    co_return outcome == PaymentProvider::Outcome::done;
}

Task<Result<Nothing>> ProviderTasks::take_hold(db::Transaction& tx, BookingId booking) {
    switch (co_await listener().held(tx, booking)) {
        case HeldMoney::taken:
            co_await record_hold(tx, booking);
            break;
        case HeldMoney::too_late:
            co_await end_unheld(tx, co_await lock_payment(tx, booking), clock_.now());
            break;
        case HeldMoney::known:
            break;
    }
    co_return Nothing{};
}

Task<Result<Nothing>> ProviderTasks::take_decline(db::Transaction& tx, BookingId booking) {
    if (co_await listener().declined(tx, booking)) co_await record_decline(tx, booking);
    co_return Nothing{};
}

Task<void> ProviderTasks::record_hold(db::Transaction& tx, BookingId booking) {
    Payment payment = co_await lock_payment(tx, booking);
    const auto status = after(payment.status, PaymentEvent::hold);
    if (!status || !payment.online()) co_return;
    // A failed payment may have been held before (and never collected): its hold is entered in the books only once.
    const ledger::Parts parts{.to_driver = payment.price, .to_platform = payment.service_fee, .to_passenger = {}};
    if (!co_await ledger::post(tx, posting(payment, ledger::Kind::hold, "hold", parts), clock_.now())) co_return;
    payment.status = *status;
    co_await store(tx, payment);
    tx.after_commit(count_answered);
}

Task<void> ProviderTasks::record_decline(db::Transaction& tx, BookingId booking) {
    Payment payment = co_await lock_payment(tx, booking);
    const auto status = after(payment.status, PaymentEvent::decline);
    if (!status || !payment.online()) co_return;
    payment.status = *status;
    co_await store(tx, payment);
    tx.after_commit([payment] {
        count_answered();
        report(Failure::declined, payment);
    });
}

Task<void> ProviderTasks::see_to_hold(db::OutboxMessage message) {
    const BookingId booking = read_task(message).booking;
    const Payment payment = co_await find_existing(database_, booking);
    switch (payment.status) {
        case PaymentStatus::intent:
            co_await hold_if_due(booking);
            break;
        case PaymentStatus::failed:
        case PaymentStatus::cancelled:
            // The process that called the provider crashed before recording the answer: the money may be held.
            if (co_await authorize(booking)) {
                co_await database_.transact<Nothing>(
                    [this, booking](db::Transaction& tx) { return take_hold(tx, booking); });
            }
            break;
        default:
            break;
    }
}

Task<void> ProviderTasks::hold_if_due(BookingId booking) {
    const Result<bool> due =
        co_await database_.transact<bool>([this, booking](db::Transaction& tx) { return due_now(tx, booking); });
    if (due.value()) co_await hold_now(booking);
}

Task<Result<bool>> ProviderTasks::due_now(db::Transaction& tx, BookingId booking) {
    const std::optional<PayableBooking> payable = co_await listener().lock(tx, booking);
    co_return payable && payable->due == Due::now;  // a request gets its task when the driver accepts it
}

Task<void> ProviderTasks::capture(BookingId booking) {
    const auto begun = co_await database_.transact<std::optional<Payment>>(
        [this, booking](db::Transaction& tx) { return begin_capture(tx, booking); });
    if (!*begun) co_return;
    const Payment payment = **begun;
    Outcome outcome = Outcome::done;
    const Dinars due = payment.amount - payment.due_back();
    if (due > Dinars{0}) {
        outcome = co_await providers_.of(payment.method).capture(capture_key(payment), payment.id.str(), due);
    }
    const bool collected = outcome == Outcome::done;
    co_await database_.transact<Nothing>(
        [this, booking, collected](db::Transaction& tx) { return record_capture(tx, booking, collected); });
}

// Marks the payment before the provider is called, so that code ending it in the meantime knows. Once begun, a capture
// is finished even if the booking has been frozen since: its outcome must become known.
Task<Result<std::optional<Payment>>> ProviderTasks::begin_capture(db::Transaction& tx, BookingId booking) {
    const std::optional<PayableBooking> payable = co_await listener().lock(tx, booking);
    const bool free_to_go = payable && payable->may_capture();
    Payment payment = co_await lock_payment(tx, booking);
    if (payment.status != PaymentStatus::hold) co_return std::optional<Payment>{};
    if (!free_to_go && !payment.capturing) {
        const Instant now = clock_.now();
        enqueue_capture(tx, payment, now, now + frozen_delay);
        co_return std::optional<Payment>{};
    }
    payment.capturing = true;
    co_await store(tx, payment);
    co_return std::optional(payment);
}

Task<Result<Nothing>> ProviderTasks::record_capture(db::Transaction& tx, BookingId booking, bool collected) {
    // Taken for its lock, which comes before the payment's; the money has moved whatever the answer.
    co_await listener().lock(tx, booking);
    const Payment payment = co_await lock_payment(tx, booking);
    if (payment.status != PaymentStatus::hold) co_return Nothing{};
    if (collected) {
        co_await record_captured(tx, payment);
    } else {
        co_await record_lost_hold(tx, payment);
    }
    co_return Nothing{};
}

// What the provider's answer did to the money, for open pages. Bookings tell of a hold: it changes their state.
Task<void> ProviderTasks::store_and_tell(db::Transaction& tx, Payment payment) {
    co_await store(tx, payment);
    announcer_.tell(tx, live::News::of(payment.booking, "payment_" + std::string(contract::enum_name(payment.status))),
                    {payment.passenger, payment.driver}, clock_.now());
}

Task<void> ProviderTasks::record_captured(db::Transaction& tx, Payment payment) {
    ledger::Parts parts = agreed_parts(payment);
    parts.to_passenger = payment.due_back();
    co_await ledger::post(tx, posting(payment, ledger::Kind::capture, "capture", parts), clock_.now());
    payment.status = after(payment.status, PaymentEvent::capture).value();
    payment.refunded = payment.due_back();
    payment.captured = payment.amount - payment.refunded;
    payment.capturing = false;
    co_await store_and_tell(tx, payment);
    co_await listener().captured(tx, payment.booking);
}

Task<void> ProviderTasks::record_lost_hold(db::Transaction& tx, Payment payment) {
    const ledger::Parts parts{.to_driver = {}, .to_platform = {}, .to_passenger = payment.amount};
    co_await ledger::post(tx, posting(payment, ledger::Kind::release, "uncollected", parts), clock_.now());
    payment.status = after(payment.status, PaymentEvent::uncollected).value();
    payment.capturing = false;
    co_await store_and_tell(tx, payment);
    tx.after_commit([payment] { report(Failure::capture_refused, payment); });
}

Task<void> ProviderTasks::capture_part(db::OutboxMessage message) {
    const ProviderTask task = read_task(message);
    const Payment payment = co_await find_existing(database_, task.booking);
    if (payment.status == PaymentStatus::failed) co_return;
    const Outcome outcome = co_await providers_.of(payment.method)
                                .capture(capture_key(payment), payment.id.str(), Dinars{task.amount.value()});
    if (outcome == Outcome::done) co_return;
    const BookingId booking = task.booking;
    co_await database_.transact<Nothing>(
        [this, booking](db::Transaction& tx) { return record_uncollected(tx, booking); });
}

// The split is in the books, but the money never came: driver and platform lose what they were credited.
Task<Result<Nothing>> ProviderTasks::record_uncollected(db::Transaction& tx, BookingId booking) {
    Payment payment = co_await lock_payment(tx, booking);
    const auto status = after(payment.status, PaymentEvent::uncollected);
    if (!status) co_return Nothing{};
    const ledger::Parts lost = co_await ledger::shares(tx, payment.id);
    co_await ledger::post(tx, posting(payment, ledger::Kind::uncollected, "uncollected", lost), clock_.now());
    payment.status = *status;
    payment.captured = payment.refunded = Dinars{0};
    payment.capturing = false;
    co_await store_and_tell(tx, payment);
    tx.after_commit([payment] { report(Failure::capture_refused, payment); });
    co_return Nothing{};
}

Task<void> ProviderTasks::release(db::OutboxMessage message) {
    const Payment payment = co_await find_existing(database_, read_task(message).booking);
    // The late payment was accepted after all, and may have been captured since.
    if (payment.status == PaymentStatus::hold || payment.captured > Dinars{0}) co_return;
    PaymentProvider& provider = providers_.of(payment.method);
    const std::string reference = payment.id.str();
    if (co_await provider.release(release_key(payment), reference) == Outcome::done) co_return;
    if (co_await provider.find_hold(reference) != Outcome::done) co_return;  // no hold any more: it lapsed
    report(Failure::release_refused, payment, message.attempts > 0);
    throw std::runtime_error("the provider refused a release");
}

Task<void> ProviderTasks::refund(db::OutboxMessage message) {
    const ProviderTask task = read_task(message);
    const Payment payment = co_await find_existing(database_, task.booking);
    if (payment.status == PaymentStatus::failed) co_return;  // never collected: there is nothing to refund
    const Outcome outcome = co_await providers_.of(payment.method)
                                .refund(task.key.value().str(), payment.id.str(), Dinars{task.amount.value()});
    if (outcome == Outcome::done) co_return;
    report(Failure::refund_refused, payment, message.attempts > 0);
    throw std::runtime_error("the provider refused a refund");
}

}  // namespace safargo::payments
