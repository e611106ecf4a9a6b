// The state of one charge in the sandbox, and the effect of each operation on it. Pure.
#pragma once

#include "ports/payment_provider.hpp"

#include <boost/describe/enum.hpp>

#include <optional>
#include <string>

namespace safargo::sandbox {

enum class Operation { hold, capture, release, refund, open };
BOOST_DESCRIBE_ENUM(Operation, hold, capture, release, refund, open)

// waiting: for the customer.
enum class ChargeStatus { declined, held, captured, released, refunded, started, waiting, expired };
BOOST_DESCRIBE_ENUM(ChargeStatus, declined, held, captured, released, refunded, started, waiting, expired)

struct Charge {
    ChargeStatus status = ChargeStatus::declined;  // initially no money on hold
    Dinars amount, captured, refunded;
    std::optional<Instant> pay_until{};
    bool take_at_once = false;
    int attempt = 1;
    // The money alone, not its terms.
    bool operator==(const Charge& other) const {
        return status == other.status && amount == other.amount && captured == other.captured &&
               refunded == other.refunded;
    }
};

// One request with its idempotency key. `amount` is that of open, capture and refund; hold asks for what was opened.
struct Order {
    Operation operation;
    std::string key, reference;
    Dinars amount;
    std::optional<Instant> pay_until{};
    bool take_at_once = false;
    int attempt = 1;
};

// open: a new charge, or one that is declined or expired. hold: an opened or declined charge; it is taken at once if
// that was ordered. capture: once, more than zero and at most the held amount; the rest is released. release: what is
// held, or not yet paid. refund: at most the captured amount, in one or several parts. False: refused, and the charge
// is unchanged.
bool apply(Charge& charge, const Order& order);

// The customer pays what waits for them; false if nothing does any more.
bool pay(Charge& charge, Instant now);
bool refuse_to_pay(Charge& charge, Instant now);

// How the port sees it. Someone who waits too long finds it expired.
AttemptState state_of(const Charge& charge, Instant now);

}  // namespace safargo::sandbox
