// The states of a payment, once: which event leads from where to where.
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
    capture,     // all of it was taken for driver and platform
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

// nullopt: the event does not apply there; a repetition, or it came too late.
std::optional<PaymentStatus> after(PaymentStatus from, PaymentEvent event);

}  // namespace safargo::payments
