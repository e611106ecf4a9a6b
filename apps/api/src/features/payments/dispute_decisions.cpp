// How the decision of a dispute moves the money, wherever it stands.
#include "features/payments/payment_postings.hpp"
#include "features/payments/payment_service.hpp"
#include "features/payments/refunds.hpp"
#include "features/payments/splits.hpp"

namespace safargo::payments {
namespace {

// As a refund after the capture would leave it: driver and platform give in proportion to what they were to get.
Split split_of(const ledger::Parts& agreed, Dinars refund) {
    const ledger::Parts taken = take_back(agreed, refund);
    return {.to_passenger = refund,
            .to_driver = agreed.to_driver - taken.to_driver,
            .to_platform = agreed.to_platform - taken.to_platform};
}

}  // namespace

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

}  // namespace safargo::payments
