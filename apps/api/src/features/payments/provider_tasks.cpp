#include "features/payments/provider_tasks.hpp"

#include "features/payments/attempt_rows.hpp"
#include "features/payments/failures.hpp"
#include "features/payments/payment_postings.hpp"
#include "features/payments/provider_task_rows.hpp"
#include "features/payments/states.hpp"
#include "features/payments/unheld_payments.hpp"

#include <stdexcept>

namespace safargo::payments {
namespace {

// A provider may free a hold after seven days. Whatever is due later is taken at once.
constexpr std::chrono::days longest_hold{6};

Asked verdict(AttemptState state) {
    if (state == AttemptState::held || state == AttemptState::captured) return Asked::held;
    return is_over(state) ? Asked::refused : Asked::waits;
}

Task<Result<Nothing>> nothing_yet() {
    co_return Nothing{};
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
                          {look_task, [this](Message message) { return look_once(std::move(message)); }},
                          {capture_task, [this](Message message) { return capture(read_task(message).booking); }},
                          {capture_part_task, [this](Message message) { return capture_part(std::move(message)); }},
                          {release_task, [this](Message message) { return release(std::move(message)); }},
                          {refund_task, [this](Message message) { return refund(std::move(message)); }}},
            .giving_up = db::GivingUp::never};
}

Task<Asked> ProviderTasks::hold_now(BookingId booking) {
    const Answer answer = co_await ask(booking);
    co_await database_.transact<Nothing>(
        [this, booking, answer](db::Transaction& tx) { return record(tx, booking, answer); });
    co_return answer.asked;
}

Task<Asked> ProviderTasks::authorize(BookingId booking) {
    co_return (co_await ask(booking)).asked;
}

Task<ProviderTasks::Answer> ProviderTasks::ask(BookingId booking) {
    const std::optional<Payment> payment = co_await find_payment(database_, booking);
    if (!payment || !payment->online()) throw std::logic_error("only online payments are authorised");
    switch (payment->status) {
        case PaymentStatus::hold:
        case PaymentStatus::captured:
            co_return Answer{Asked::held, payment->attempt};
        case PaymentStatus::refunded:
            co_return Answer{Asked::refused, payment->attempt};
        case PaymentStatus::failed:
        case PaymentStatus::cancelled:
            co_return Answer{co_await look(*payment), payment->attempt};
        case PaymentStatus::intent:
            co_return co_await ask_for(*payment);
    }
    throw std::logic_error("no such status of a payment");
}

Task<ProviderTasks::Answer> ProviderTasks::ask_for(Payment payment) {
    // A free seat: there is nothing to authorise.
    if (payment.amount == Dinars{0}) co_return Answer{Asked::held, payment.attempt};
    const BookingId booking = payment.booking;
    const auto begun =
        co_await database_.transact<Begun>([this, booking](db::Transaction& tx) { return begin_attempt(tx, booking); });
    if (*begun) {
        const Attempts::Ask wanted = **begun;
        co_return Answer{verdict((co_await attempts_.ask(wanted)).state), wanted.payment.attempt};
    }
    if (payment.asked_attempt == 0) co_return Answer{Asked::waits, payment.attempt};
    co_return Answer{co_await look(payment), payment.attempt};
}

// Nothing is asked for a booking that no longer awaits its payment; what was asked before is looked at.
Task<Result<ProviderTasks::Begun>> ProviderTasks::begin_attempt(db::Transaction& tx, BookingId booking) {
    const std::optional<PayableBooking> payable = co_await listener().lock(tx, booking);
    Payment payment = co_await lock_payment(tx, booking);
    const bool due = payable && payable->due == Due::now && payment.status == PaymentStatus::intent;
    if (!due) co_return Begun{};
    Attempts::Ask ask{.payment{}, .again = payment.asked_attempt >= payment.attempt, .pay_until = payable->pay_until};
    ask.take_at_once =
        payable->arrives_at && *payable->arrives_at + terms_.settlement_delay - payment.created_at > longest_hold;
    if (!ask.again) {
        if (!terms_.web_url.empty()) payment.return_url = terms_.web_url + "/bookings/" + booking.str();
        payment.checkout_expires_at = payable->pay_until;
        payment.asked_attempt = payment.attempt;
        co_await store_asked(tx, payment);
    }
    ask.payment = payment;
    co_return Begun{std::move(ask)};
}

Task<Asked> ProviderTasks::look(Payment payment) {
    const std::optional<Attempt> seen = co_await attempts_.look(std::move(payment));
    co_return seen ? verdict(seen->state) : Asked::refused;
}

Task<Result<Nothing>> ProviderTasks::record(db::Transaction& tx, BookingId booking, Answer answer) {
    switch (answer.asked) {
        case Asked::held:
            return take_hold(tx, booking);
        case Asked::refused:
            return take_decline(tx, booking, answer.attempt);
        case Asked::waits:
            break;
    }
    return nothing_yet();
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

Task<Result<Nothing>> ProviderTasks::take_decline(db::Transaction& tx, BookingId booking, int attempt) {
    co_await listener().lock(tx, booking);
    if ((co_await lock_payment(tx, booking)).attempt != attempt) co_return Nothing{};
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

// An answer may be missing, the passenger may be with the provider, a webhook may be lost: the provider is asked again.
Task<void> ProviderTasks::see_to_hold(db::OutboxMessage message) {
    const BookingId booking = read_task(message).booking;
    if (co_await see_to(booking) != Asked::waits) co_return;
    co_await database_.transact<Nothing>([this, booking](db::Transaction& tx) { return look_later(tx, booking); });
}

// Whoever looks from time to time goes on by themselves.
Task<void> ProviderTasks::look_once(db::OutboxMessage message) {
    co_await see_to(read_task(message).booking);
}

// `waits` if it is worth looking again.
Task<Asked> ProviderTasks::see_to(BookingId booking) {
    const Payment payment = co_await find_existing(database_, booking);
    if (payment.status == PaymentStatus::intent) co_return co_await see_to_intent(booking);
    if (payment.status == PaymentStatus::failed || payment.status == PaymentStatus::cancelled) {
        co_await see_to_end(payment);
    }
    co_return Asked::refused;
}

Task<Asked> ProviderTasks::see_to_intent(BookingId booking) {
    const Result<bool> due =
        co_await database_.transact<bool>([this, booking](db::Transaction& tx) { return due_now(tx, booking); });
    const Payment payment = co_await find_existing(database_, booking);
    if (!due.value() && payment.asked_attempt == 0) co_return Asked::refused;
    const Answer answer = co_await ask(booking);
    // The end of the booking that is no longer due will see to the rest.
    if (!due.value() && answer.asked != Asked::held) co_return Asked::refused;
    co_await database_.transact<Nothing>(
        [this, booking, answer](db::Transaction& tx) { return record(tx, booking, answer); });
    co_return answer.asked;
}

// The process that called the provider may have crashed before recording the answer, or the passenger may still be on
// the provider's page: money that is there is taken, and none may follow.
Task<void> ProviderTasks::see_to_end(Payment payment) {
    const bool ended = payment.status == PaymentStatus::cancelled;
    std::optional<Attempt> seen;
    if (ended) {
        seen = co_await attempts_.give_up(payment);
    } else {
        seen = co_await attempts_.look(payment);
    }
    if (!seen || is_over(seen->state)) co_return;
    const BookingId booking = payment.booking;
    if (verdict(seen->state) == Asked::held) {
        co_await database_.transact<Nothing>([this, booking](db::Transaction& tx) { return take_hold(tx, booking); });
    } else if (ended) {
        throw std::runtime_error("the provider has not given an attempt up");
    }
}

Task<Result<Nothing>> ProviderTasks::look_later(db::Transaction& tx, BookingId booking) {
    const Payment payment = co_await lock_payment(tx, booking);
    const Instant now = clock_.now();
    if (payment.status == PaymentStatus::intent) enqueue_hold(tx, payment, now, now + look_again_delay);
    co_return Nothing{};
}

Task<Result<bool>> ProviderTasks::due_now(db::Transaction& tx, BookingId booking) {
    const std::optional<PayableBooking> payable = co_await listener().lock(tx, booking);
    co_return payable && payable->due == Due::now;  // a request gets its task when the driver accepts it
}

}  // namespace safargo::payments
