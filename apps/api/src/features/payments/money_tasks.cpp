// The second half of ProviderTasks: money that is held, captured or given back.
#include "contract/described.hpp"
#include "db/sweep.hpp"
#include "features/payments/attempt_rows.hpp"
#include "features/payments/failures.hpp"
#include "features/payments/payment_postings.hpp"
#include "features/payments/provider_task_rows.hpp"
#include "features/payments/provider_tasks.hpp"
#include "features/payments/states.hpp"

#include <stdexcept>

namespace safargo::payments {
namespace {

// Long enough for several rounds of the job to fail.
constexpr std::chrono::hours lapse_margin{24};
constexpr std::size_t lapsing_at_once = 100;

}  // namespace

Task<void> ProviderTasks::capture(BookingId booking) {
    const auto begun = co_await database_.transact<std::optional<Payment>>(
        [this, booking](db::Transaction& tx) { return begin_capture(tx, booking); });
    if (!*begun) co_return;
    const Payment payment = **begun;
    const Dinars due = payment.amount - payment.due_back();
    const bool collected = due <= Dinars{0} || co_await attempts_.collect(payment, due);
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
    if (co_await attempts_.collect(payment, Dinars{task.amount.value()})) co_return;
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
    if (co_await attempts_.free(payment)) co_return;
    report(Failure::release_refused, payment, message.attempts > 0);
    throw std::runtime_error("the provider refused a release");
}

Task<void> ProviderTasks::refund(db::OutboxMessage message) {
    const ProviderTask task = read_task(message);
    const Payment payment = co_await find_existing(database_, task.booking);
    if (payment.status == PaymentStatus::failed) co_return;  // never collected: there is nothing to refund
    if (co_await attempts_.give_back(payment, task.key.value().str(), Dinars{task.amount.value()})) co_return;
    report(Failure::refund_refused, payment, message.attempts > 0);
    throw std::runtime_error("the provider refused a refund");
}

// One that fails is tried again by the next round, and holds back no other.
Task<void> ProviderTasks::take_lapsing(Instant now) {
    for (const BookingId booking : co_await find_lapsing(database_, now + lapse_margin, lapsing_at_once)) {
        try {
            co_await attempts_.take_all(co_await find_existing(database_, booking));
        } catch (const std::exception& failure) {
            db::report_unswept("held_money_not_taken", booking.str(), failure);
        }
    }
}

}  // namespace safargo::payments
