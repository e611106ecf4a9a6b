#include "features/payments/payment_actions.hpp"

#include "core/local_time.hpp"
#include "features/payments/provider_task_rows.hpp"
#include "features/payments/refunds.hpp"
#include "features/payments/states.hpp"

namespace safargo::payments {
namespace {

// Illegal now: `field` of the payment or its booking would have to be one of `values`.
std::unexpected<Error> unless(std::string field, std::string values) {
    return fail(Error{.code = Code::illegal_transition,
                      .fields = {{std::move(field), {Rule::not_allowed, std::move(values)}}}});
}

std::unexpected<Error> unless_online() {
    return unless("method", "card, edahabia, cib, sandbox");
}

}  // namespace

Task<Result<PayableBooking>> PaymentActions::lock_own(db::Transaction& tx, Caller caller, BookingId booking) {
    const std::optional<PayableBooking> payable = co_await tasks_.listener().lock(tx, booking);
    if (!payable || payable->passenger != caller.id) co_return fail(Code::not_found);
    co_return *payable;
}

Task<Result<PaymentActions::Locked>> PaymentActions::lock_for_admin(db::Transaction& tx, Caller caller,
                                                                    BookingId booking) {
    if (!caller.administers()) co_return fail(Code::forbidden);
    const std::optional<PayableBooking> payable = co_await tasks_.listener().lock(tx, booking);
    if (!payable) co_return fail(Code::not_found);
    if (payable->disputed) co_return fail(Code::dispute_open);
    if (payable->waits_until) co_return fail(too_early(*payable->waits_until));
    co_return Locked{*payable, co_await lock_payment(tx, booking)};
}

Task<Result<PaymentView>> PaymentActions::intent(db::Transaction& tx, Caller caller, BookingId booking) {
    const Result<PayableBooking> payable = co_await lock_own(tx, caller, booking);
    if (!payable) co_return std::unexpected(payable.error());
    Payment payment = co_await lock_payment(tx, booking);
    const auto status = after(payment.status, PaymentEvent::reopen);
    if (status && payable->due == Due::now) {
        const Instant now = clock_.now();
        payment.status = *status;
        ++payment.attempt;
        co_await store(tx, payment);
        enqueue_hold(tx, payment, now, now + hold_net_delay);
    }
    co_return view(payment);
}

Task<Result<PaymentView>> PaymentActions::confirm(db::Transaction& tx, Caller caller, BookingId booking) {
    const Result<PayableBooking> payable = co_await lock_own(tx, caller, booking);
    if (!payable) co_return std::unexpected(payable.error());
    const Payment payment = co_await lock_payment(tx, booking);
    if (!payment.online()) co_return unless_online();
    const bool paid = payment.status == PaymentStatus::hold || payment.status == PaymentStatus::captured;
    if (paid) co_return view(payment);
    if (payable->due != Due::now) co_return unless("booking.status", "awaiting_payment");
    // A declined one is reopened first.
    if (payment.status != PaymentStatus::intent) co_return unless("status", "intent");
    co_return view(payment);
}

Task<Result<PaymentView>> PaymentActions::try_hold(PaymentView confirmed) {
    if (confirmed.status != PaymentStatus::intent) co_return confirmed;
    const BookingId booking = co_await booking_of(confirmed.id);
    co_await tasks_.hold_now(booking);
    co_return co_await current(booking);
}

Task<Result<PaymentView>> PaymentActions::capture(db::Transaction& tx, Caller caller, BookingId booking) {
    const Result<Locked> locked = co_await lock_for_admin(tx, caller, booking);
    if (!locked) co_return std::unexpected(locked.error());
    const Payment& payment = locked->payment;
    if (!payment.online()) co_return unless_online();
    if (payment.status == PaymentStatus::captured) co_return view(payment);
    if (payment.status != PaymentStatus::hold) co_return unless("status", "hold");
    if (!locked->booking.may_capture()) co_return unless("booking.status", "completed, no_show_passenger");
    co_return view(payment);
}

Task<Result<PaymentView>> PaymentActions::capture_now(PaymentView chosen) {
    if (chosen.status != PaymentStatus::hold) co_return chosen;
    const BookingId booking = co_await booking_of(chosen.id);
    co_await tasks_.capture(booking);
    co_return co_await current(booking);
}

Task<Result<PaymentView>> PaymentActions::refund(db::Transaction& tx, Caller caller, BookingId booking,
                                                 RefundPayment wanted) {
    Result<Locked> locked = co_await lock_for_admin(tx, caller, booking);
    if (!locked) co_return std::unexpected(locked.error());
    const Result<Nothing> given = co_await give_back(tx, locked->payment, caller, std::move(wanted));
    if (!given) co_return std::unexpected(given.error());
    co_return view(locked->payment);
}

Task<Result<Nothing>> PaymentActions::give_back(db::Transaction& tx, Payment& payment, Caller admin,
                                                RefundPayment wanted) {
    const ledger::Parts left = co_await refundable(tx, payment);
    const Dinars whole = left.total();
    if (!payment.online()) co_return unless_online();
    if (!after(payment.status, PaymentEvent::refund)) co_return unless("status", "captured, refunded");
    if (whole <= Dinars{0}) {
        co_return fail(Error{.code = Code::illegal_transition, .fields = {{"amount", {Rule::out_of_range, "0", "0"}}}});
    }
    const Dinars amount = wanted.amount ? Dinars{wanted.amount->value()} : whole;
    if (amount > whole) co_return fail("amount", {Rule::out_of_range, "1", std::to_string(whole.amount)});
    co_await payments::give_back(tx, payment, left, {amount, admin.id, wanted.reason.str()}, clock_.now());
    announcer_.tell(tx, live::News::of(payment.booking, "payment_refunded"), {payment.passenger, payment.driver},
                    clock_.now());
    co_return Nothing{};
}

Task<BookingId> PaymentActions::booking_of(PaymentId payment) {
    co_return (co_await find_booking(database_, payment)).value();
}

Task<PaymentView> PaymentActions::current(BookingId booking) {
    co_return view((co_await find_payment(database_, booking)).value());
}

}  // namespace safargo::payments
