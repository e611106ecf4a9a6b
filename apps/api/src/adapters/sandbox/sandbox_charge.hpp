// What the sandbox's cloud knows of one charge, and what each operation makes of it. Pure.
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
    ChargeStatus status = ChargeStatus::declined;  // a new one: no money on hold
    Dinars amount, captured, refunded;
    bool operator==(const Charge&) const = default;
};

// One request as the caller keyed it. `amount` counts for all but release.
struct Order {
    Operation operation;
    std::string key, reference;
    Dinars amount;
};

// hold: a charge that holds nothing yet. capture: once, more than nothing and at most what is held; the rest is
// released. release: what is held. refund: at most what was captured, in one or several parts.
// Otherwise declined, and the charge stays as it is.
PaymentProvider::Outcome apply(Charge& charge, const Order& order);

}  // namespace safargo::sandbox
