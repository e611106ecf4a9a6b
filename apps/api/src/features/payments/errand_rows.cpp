#include "features/payments/errand_rows.hpp"

#include "contract/json.hpp"

#include <stdexcept>

namespace safargo::payments {
namespace {

void leave(db::Transaction& tx, const db::EventKind& kind, std::string ordering_key, const Errand& errand, Instant now,
           Instant when) {
    db::publish(tx, kind, {.ordering_key = std::move(ordering_key), .payload = contract::to_json(errand)}, now, when);
}

std::string in_order(const Payment& payment) {
    return "payment:" + payment.id.str();
}

}  // namespace

Errand read_errand(const db::OutboxMessage& message) {
    Result<Errand> errand = contract::parse_json<Errand>(message.payload);
    if (!errand) throw std::runtime_error(message.kind + ": unreadable payload");
    return std::move(*errand);
}

void enqueue_hold(db::Transaction& tx, const Payment& payment, Instant now, Instant when) {
    leave(tx, hold_errand, "payment-hold:" + payment.id.str() + '@' + format_instant(when), {payment.booking, {}, {}},
          now, when);
}

void enqueue_capture(db::Transaction& tx, const Payment& payment, Instant now, Instant when) {
    leave(tx, capture_errand, "payment-capture:" + payment.id.str() + '@' + format_instant(when),
          {payment.booking, {}, {}}, now, when);
}

void enqueue_capture_part(db::Transaction& tx, const Payment& payment, Dinars amount, Instant now) {
    leave(tx, capture_part_errand, in_order(payment), {payment.booking, amount.amount, {}}, now, now);
}

void enqueue_release(db::Transaction& tx, const Payment& payment, Instant now) {
    leave(tx, release_errand, in_order(payment), {payment.booking, {}, {}}, now, now);
}

void enqueue_refund(db::Transaction& tx, const Payment& payment, Dinars amount, const std::string& key, Instant now) {
    const Errand errand{payment.booking, amount.amount, Text<200>::parse(key).value()};
    leave(tx, refund_errand, in_order(payment), errand, now, now);
}

std::string hold_key(const Payment& payment) {
    std::string key = "hold:" + payment.id.str();
    if (payment.attempt > 1) key += ':' + std::to_string(payment.attempt);
    return key;
}

std::string capture_key(const Payment& payment) {
    return "capture:" + payment.id.str();
}

std::string release_key(const Payment& payment) {
    return "release:" + payment.id.str();
}

}  // namespace safargo::payments
