// The state machine of a payment: which event leads from which state to which.
#pragma once

#include "features/payments/service.hpp"

#include <optional>
#include <span>

namespace safargo::payments {

enum class PaymentEvent {
    hold,        // the provider holds the money
    decline,     // the provider refused to hold it
    reopen,      // the passenger tries again after a decline
    cancel,      // the booking ended before anything was held
    take_cash,   // changed hands in the car
    capture,     // all of it was captured for driver and platform
    share_out,   // the booking ended without a ride: part or all of it went back
    refund,      // part or all of it went back after its capture
    uncollected  // the provider failed to collect what it had held
};

struct Transition {
    PaymentStatus from;
    PaymentEvent event;
    PaymentStatus to;
};

std::span<const Transition> transitions();

// nullopt: the event does not apply in that state (a repetition, or too late).
std::optional<PaymentStatus> after(PaymentStatus from, PaymentEvent event);

}  // namespace safargo::payments
