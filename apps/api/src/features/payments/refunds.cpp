#include "features/payments/refunds.hpp"

#include "features/ledger/service.hpp"
#include "features/payments/provider_task_rows.hpp"
#include "features/payments/splits.hpp"
#include "features/payments/states.hpp"

namespace safargo::payments {

Task<ledger::Parts> refundable(db::Transaction& tx, Payment payment) {
    if (!payment.online() || !after(payment.status, PaymentEvent::refund)) co_return ledger::Parts{};
    const ledger::Parts left = co_await ledger::shares(tx, payment.id);
    co_return left.total() > Dinars{0} ? left : ledger::Parts{};
}

Task<void> give_back(db::Transaction& tx, Payment& payment, ledger::Parts left, Decision decision, Instant now) {
    const Refund refund{Uuid::v7(now), payment.id, decision.refund, std::move(decision.reason), decision.by};
    const std::string key = "refund:" + refund.id.str();
    co_await insert_refund(tx, refund, now);
    co_await ledger::post(tx,
                          {.kind = ledger::Kind::refund,
                           .event_key = key,
                           .booking = payment.booking,
                           .payment = payment.id,
                           .driver = payment.driver,
                           .parts = take_back(left, refund.amount)},
                          now);
    payment.status = after(payment.status, PaymentEvent::refund).value();
    payment.refunded += refund.amount;
    co_await store(tx, payment);
    enqueue_refund(tx, payment, refund.amount, key, now);
}

}  // namespace safargo::payments
