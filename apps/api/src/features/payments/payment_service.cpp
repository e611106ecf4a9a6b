#include "features/payments/payment_service.hpp"

#include "features/payments/failures.hpp"
#include "features/payments/payment_postings.hpp"
#include "features/payments/provider_task_rows.hpp"
#include "features/payments/refunds.hpp"
#include "features/payments/splits.hpp"
#include "features/payments/states.hpp"
#include "features/payments/unheld_payments.hpp"

#include <algorithm>
#include <stdexcept>

namespace safargo::payments {
namespace {

void check_split(const Payment& payment, const Split& split) {
    const bool negative = std::min({split.to_passenger, split.to_driver, split.to_platform}) < Dinars{0};
    if (negative || parts_of(split).total() != payment.amount) {
        throw std::logic_error("a split does not sum to the payment");
    }
}

// Where the money of seats given back goes, as recorded.
Split seats_back_of(const Payment& payment, const Charge& charge) {
    const Dinars fee = payment.service_fee - charge.service_fee;
    if (payment.price - charge.price != payment.price_back + payment.driver_share || fee < payment.fee_back) {
        throw std::logic_error("seats given back do not sum to what they cost");
    }
    return {
        .to_passenger = payment.due_back(), .to_driver = payment.driver_share, .to_platform = fee - payment.fee_back};
}

// `split` divides the current charge.
Split with_seats_back(const Payment& payment, const Charge& charge, const Split& split) {
    const Split back = seats_back_of(payment, charge);
    return {.to_passenger = split.to_passenger + back.to_passenger,
            .to_driver = split.to_driver + back.to_driver,
            .to_platform = split.to_platform + back.to_platform};
}

// A split of the whole, or of what is not already due back.
Split whole_of(const Payment& payment, Split split) {
    if (parts_of(split).total() == payment.amount - payment.due_back()) split.to_passenger += payment.due_back();
    check_split(payment, split);
    return split;
}

// The same shares as a refund after the capture would leave: driver and platform give in proportion to what they were
// due.
Split split_of(const ledger::Parts& agreed, Dinars refund) {
    const ledger::Parts taken = take_back(agreed, refund);
    return {.to_passenger = refund,
            .to_driver = agreed.to_driver - taken.to_driver,
            .to_platform = agreed.to_platform - taken.to_platform};
}

}  // namespace

PaymentService::PaymentService(Providers providers, ProviderTasks& tasks) : providers_(providers), tasks_(tasks) {
    register_payment_metrics();
}

Result<Nothing> PaymentService::accepts(Method method) const {
    if (method == Method::cash || providers_.serving(method) != nullptr) return Nothing{};
    return fail(Code::feature_unavailable);
}

Task<PaymentView> PaymentService::open(db::Transaction& tx, const Charge& charge, Instant now) {
    co_return view(co_await insert(tx, charge, now));
}

Task<void> PaymentService::hold_later(db::Transaction& tx, BookingId booking, Instant now) {
    const Payment payment = co_await lock_payment(tx, booking);
    if (!payment.online() || payment.status != PaymentStatus::intent) co_return;
    enqueue_hold(tx, payment, now, now + hold_net_delay);
}

Task<void> PaymentService::hold_now(BookingId booking) {
    co_await tasks_.hold_now(booking);
}

Task<std::optional<PaymentView>> PaymentService::find(db::Session& session, BookingId booking) {
    const std::optional<Payment> payment = co_await find_payment(session, booking);
    if (!payment) co_return std::nullopt;
    co_return view(*payment);
}

Task<std::vector<std::pair<BookingId, PaymentView>>> PaymentService::find_all(db::Session& session,
                                                                              std::vector<BookingId> bookings) {
    std::vector<std::pair<BookingId, PaymentView>> views;
    for (const Payment& payment : co_await find_payments(session, std::move(bookings))) {
        views.emplace_back(payment.booking, view(payment));
    }
    co_return views;
}

Task<void> PaymentService::end(db::Transaction& tx, const Charge& charge, Split split, Instant now) {
    const Payment payment = co_await lock_payment(tx, charge.booking);
    if (payment.status == PaymentStatus::hold) {
        co_await share_out(tx, payment, with_seats_back(payment, charge, split), now);
    } else {
        co_await end_unheld(tx, payment, now);
    }
}

Task<void> PaymentService::share_out(db::Transaction& tx, Payment payment, Split split, Instant now) {
    split = whole_of(payment, split);
    const ledger::Kind kind = kind_of(split);
    const bool whole = kind == ledger::Kind::capture;
    const Dinars kept = payment.amount - split.to_passenger;
    if (!co_await ledger::post(tx, posting(payment, kind, whole ? "capture" : "end", parts_of(split)), now)) co_return;
    // A capture that is under way is finished, and the passenger's part that it took follows as a refund.
    const Dinars left = payment.capturing ? payment.due_back() : split.to_passenger;
    payment.captured = payment.amount - left;
    payment.refunded = split.to_passenger;
    payment.price_back = payment.price - split.to_driver;
    // Of the whole; if a dispute is lost, less than the share for seats given back.
    payment.driver_share = split.to_driver;
    payment.fee_back = payment.service_fee - split.to_platform;
    payment.status = after(payment.status, whole ? PaymentEvent::capture : PaymentEvent::share_out).value();
    co_await store(tx, payment);
    if (payment.captured > Dinars{0}) enqueue_capture_part(tx, payment, payment.captured, now);
    if (payment.capturing && payment.refunded > left) {
        enqueue_refund(tx, payment, payment.refunded - left, "refund-end:" + payment.id.str(), now);
    } else if (kept == Dinars{0} && payment.amount > Dinars{0}) {
        enqueue_release(tx, payment, now);
    }
}

Task<void> PaymentService::give_all_back(db::Transaction& tx, BookingId booking, Instant now) {
    const Payment payment = co_await lock_payment(tx, booking);
    if (payment.online() && after(payment.status, PaymentEvent::refund)) {
        co_await refund_rest(tx, payment, now);
    } else if (payment.status == PaymentStatus::hold) {
        co_await share_out(tx, payment, {.to_passenger = payment.amount, .to_driver = {}, .to_platform = {}}, now);
    } else {
        co_await end_unheld(tx, payment, now);
    }
}

Task<void> PaymentService::refund_rest(db::Transaction& tx, Payment payment, Instant now) {
    const ledger::Parts left = co_await ledger::shares(tx, payment.id);
    if (left.total() <= Dinars{0}) co_return;
    if (!co_await ledger::post(tx, posting(payment, ledger::Kind::refund, "undone", left), now)) co_return;
    payment.status = after(payment.status, PaymentEvent::refund).value();
    payment.refunded += left.total();
    co_await store(tx, payment);
    enqueue_refund(tx, payment, left.total(), "refund-undone:" + payment.id.str(), now);
}

Task<void> PaymentService::give_back_seats(db::Transaction& tx, const Charge& charge, SeatsBack back) {
    Payment payment = co_await lock_payment(tx, charge.booking);
    if (payment.status == PaymentStatus::captured || payment.status == PaymentStatus::refunded || payment.capturing) {
        throw std::logic_error("seats given back after the payment was captured");
    }
    payment.price_back += back.price_back;
    payment.fee_back += back.fee_back;
    payment.driver_share += back.driver_share;
    seats_back_of(payment, charge);
    co_await store(tx, payment);
}

Task<void> PaymentService::record_cash(db::Transaction& tx, BookingId booking, Instant now) {
    Payment payment = co_await lock_payment(tx, booking);
    if (payment.online()) throw std::logic_error("only cash changes hands in the car");
    const auto status = after(payment.status, PaymentEvent::take_cash);
    if (!status) co_return;
    payment.captured = payment.amount - payment.due_back();
    if (!co_await ledger::post(tx, posting(payment, ledger::Kind::cash, "cash", agreed_parts(payment)), now)) co_return;
    payment.status = *status;
    co_await store(tx, payment);
}

// A capture that is under way when the dispute is decided is finished, and what goes back follows it: share_out.
Task<Result<Nothing>> PaymentService::decide(db::Transaction& tx, BookingId booking, Decision decision, Instant now) {
    Payment payment = co_await lock_payment(tx, booking);
    const bool held = payment.status == PaymentStatus::hold;
    const ledger::Parts left = held ? agreed_parts(payment) : co_await refundable(tx, payment);
    if (decision.refund > left.total()) {
        co_return fail("refund", {Rule::out_of_range, "0", std::to_string(left.total().amount)});
    }
    if (held) {
        co_await share_out(tx, payment, split_of(left, decision.refund), now);
    } else if (decision.refund > Dinars{0}) {
        co_await give_back(tx, payment, left, std::move(decision), now);
    }
    co_return Nothing{};
}

Task<void> PaymentService::capture_later(db::Transaction& tx, BookingId booking, Instant now, Instant when) {
    const Payment payment = co_await lock_payment(tx, booking);
    if (payment.status != PaymentStatus::hold) co_return;
    enqueue_capture(tx, payment, now, when);
}

}  // namespace safargo::payments
