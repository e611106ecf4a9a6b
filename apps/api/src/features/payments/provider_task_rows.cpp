#include "features/payments/provider_task_rows.hpp"

#include "contract/json.hpp"

#include <stdexcept>

namespace safargo::payments {
namespace {

void enqueue(db::Transaction& tx, const db::EventKind& kind, std::string ordering_key, const ProviderTask& task,
             Instant now, Instant when) {
    db::publish(tx, kind, {.ordering_key = std::move(ordering_key), .payload = contract::to_json(task)}, now, when);
}

std::string in_order(const Payment& payment) {
    return "payment:" + payment.id.str();
}

}  // namespace

ProviderTask read_task(const db::OutboxMessage& message) {
    Result<ProviderTask> task = contract::parse_json<ProviderTask>(message.payload);
    if (!task) throw std::runtime_error(message.kind + ": unreadable payload");
    return std::move(*task);
}

void enqueue_hold(db::Transaction& tx, const Payment& payment, Instant now, Instant when) {
    enqueue(tx, hold_task, "payment-hold:" + payment.id.str() + '@' + format_instant(when), {payment.booking, {}, {}},
            now, when);
}

void enqueue_look(db::Transaction& tx, PaymentId payment, BookingId booking, Instant now) {
    enqueue(tx, look_task, "payment-look:" + payment.str(), {booking, {}, {}}, now, now);
}

void enqueue_capture(db::Transaction& tx, const Payment& payment, Instant now, Instant when) {
    enqueue(tx, capture_task, "payment-capture:" + payment.id.str() + '@' + format_instant(when),
            {payment.booking, {}, {}}, now, when);
}

void enqueue_capture_part(db::Transaction& tx, const Payment& payment, Dinars amount, Instant now) {
    enqueue(tx, capture_part_task, in_order(payment), {payment.booking, amount.amount, {}}, now, now);
}

void enqueue_release(db::Transaction& tx, const Payment& payment, Instant now) {
    enqueue(tx, release_task, in_order(payment), {payment.booking, {}, {}}, now, now);
}

void enqueue_refund(db::Transaction& tx, const Payment& payment, Dinars amount, const std::string& key, Instant now) {
    const ProviderTask task{payment.booking, amount.amount, Text<200>::parse(key).value()};
    enqueue(tx, refund_task, in_order(payment), task, now, now);
}

namespace {

// Of one attempt; the first has no number.
std::string attempt_key(std::string operation, const AttemptName& name) {
    operation += ':' + name.payment;
    if (name.number > 1) operation += ':' + std::to_string(name.number);
    return operation;
}

}  // namespace

std::string open_key(const AttemptName& name) {
    return attempt_key("open", name);
}

std::string hold_key(const AttemptName& name) {
    return attempt_key("hold", name);
}

std::string release_key(const AttemptName& name) {
    return attempt_key("release", name);
}

std::string capture_key(const Payment& payment) {
    return "capture:" + payment.id.str();
}

std::string rest_key(const Payment& payment) {
    return "rest:" + payment.id.str();
}

}  // namespace safargo::payments
