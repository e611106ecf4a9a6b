// The state of one charge in the sandbox, and the effect of each operation on it. Pure.
#pragma once

#include "ports/payment_provider.hpp"

#include <boost/describe/enum.hpp>

#include <string>

namespace safargo::sandbox {

enum class Operation { hold, capture, release, refund };
BOOST_DESCRIBE_ENUM(Operation, hold, capture, release, refund)

enum class ChargeStatus { declined, held, captured, released, refunded };
BOOST_DESCRIBE_ENUM(ChargeStatus, declined, held, captured, released, refunded)

struct Charge {
    ChargeStatus status = ChargeStatus::declined;  // initially no money on hold
    Dinars amount, captured, refunded;
    bool operator==(const Charge&) const = default;
};

// One request with its idempotency key. `amount` is ignored by release.
struct Order {
    Operation operation;
    std::string key, reference;
    Dinars amount;
};

// hold: a charge that holds nothing yet. capture: once, more than zero and at most the held amount; the rest is
// released. release: the held amount. refund: at most the captured amount, in one or several parts. Anything else is
// declined and leaves the charge unchanged.
PaymentProvider::Outcome apply(Charge& charge, const Order& order);

}  // namespace safargo::sandbox
