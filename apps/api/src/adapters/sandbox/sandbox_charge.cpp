#include "adapters/sandbox/sandbox_charge.hpp"

#include <stdexcept>

namespace safargo::sandbox {
namespace {

bool allows(const Charge& charge, const Order& order) {
    const bool some = order.amount > Dinars{0};
    switch (order.operation) {
        case Operation::hold:
            return some && charge.status == ChargeStatus::declined;
        case Operation::capture:
            return some && charge.status == ChargeStatus::held && order.amount <= charge.amount;
        case Operation::release:
            return charge.status == ChargeStatus::held;
        case Operation::refund:
            return some && charge.refunded + order.amount <= charge.captured;
    }
    throw std::logic_error("no such operation");
}

}  // namespace

PaymentProvider::Outcome apply(Charge& charge, const Order& order) {
    if (!allows(charge, order)) return PaymentProvider::Outcome::declined;
    switch (order.operation) {
        case Operation::hold:
            charge = {.status = ChargeStatus::held, .amount = order.amount, .captured = {}, .refunded = {}};
            break;
        case Operation::capture:
            charge.status = ChargeStatus::captured;
            charge.captured = order.amount;
            break;
        case Operation::release:
            charge.status = ChargeStatus::released;
            break;
        case Operation::refund:
            charge.status = ChargeStatus::refunded;
            charge.refunded += order.amount;
            break;
    }
    return PaymentProvider::Outcome::done;
}

}  // namespace safargo::sandbox
