#include "adapters/sandbox/sandbox_charge.hpp"

#include <stdexcept>

namespace safargo::sandbox {
namespace {

using enum ChargeStatus;

bool may_begin(const Charge& charge) {
    return charge.status == declined || charge.status == expired;
}

bool is_unpaid(const Charge& charge) {
    return charge.status == started || charge.status == waiting;
}

bool allows(const Charge& charge, const Order& order) {
    const bool some = order.amount > Dinars{0};
    switch (order.operation) {
        case Operation::open:
            return some && may_begin(charge);
        case Operation::hold:
            return charge.amount > Dinars{0} && (charge.status == started || charge.status == declined);
        case Operation::capture:
            return some && charge.status == held && order.amount <= charge.amount;
        case Operation::release:
            return charge.status == held || is_unpaid(charge);
        case Operation::refund:
            return some && charge.refunded + order.amount <= charge.captured;
    }
    throw std::logic_error("no such operation");
}

void take(Charge& charge) {
    charge.status = charge.take_at_once ? captured : held;
    charge.captured = charge.take_at_once ? charge.amount : Dinars{0};
}

bool is_waiting(const Charge& charge, Instant now) {
    return state_of(charge, now) == AttemptState::needs_action;
}

}  // namespace

bool apply(Charge& charge, const Order& order) {
    if (!allows(charge, order)) return false;
    switch (order.operation) {
        case Operation::open:
            charge = {.status = started,
                      .amount = order.amount,
                      .captured = {},
                      .refunded = {},
                      .pay_until = order.pay_until,
                      .take_at_once = order.take_at_once,
                      .attempt = order.attempt};
            break;
        case Operation::hold:
            take(charge);
            break;
        case Operation::capture:
            charge.status = captured;
            charge.captured = order.amount;
            break;
        case Operation::release:
            charge.status = charge.status == held ? released : expired;
            break;
        case Operation::refund:
            charge.status = refunded;
            charge.refunded += order.amount;
            break;
    }
    return true;
}

bool pay(Charge& charge, Instant now) {
    if (!is_waiting(charge, now)) return false;
    take(charge);
    return true;
}

bool refuse_to_pay(Charge& charge, Instant now) {
    if (!is_waiting(charge, now)) return false;
    charge.status = declined;
    return true;
}

AttemptState state_of(const Charge& charge, Instant now) {
    switch (charge.status) {
        case started:
            return AttemptState::started;
        case waiting:
            return charge.pay_until && now >= *charge.pay_until ? AttemptState::expired : AttemptState::needs_action;
        case held:
            return AttemptState::held;
        case captured:
        case refunded:
            return AttemptState::captured;
        case declined:
            return AttemptState::declined;
        case released:
        case expired:
            return AttemptState::expired;
    }
    throw std::logic_error("no such charge");
}

}  // namespace safargo::sandbox
