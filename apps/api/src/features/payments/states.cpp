#include "features/payments/states.hpp"

#include <array>

namespace safargo::payments {
namespace {

using enum PaymentStatus;

// Money may arrive after the booking ended (a lost answer, a job after a crash): cancelled and failed payments can
// still become held; the booking then takes its seats again or gives the money back.
constexpr std::array table{
    Transition{intent, PaymentEvent::hold, hold},
    Transition{failed, PaymentEvent::hold, hold},
    Transition{cancelled, PaymentEvent::hold, hold},
    Transition{intent, PaymentEvent::decline, failed},
    Transition{failed, PaymentEvent::reopen, intent},
    Transition{intent, PaymentEvent::cancel, cancelled},
    Transition{failed, PaymentEvent::cancel, cancelled},
    Transition{intent, PaymentEvent::take_cash, captured},
    Transition{hold, PaymentEvent::capture, captured},
    Transition{hold, PaymentEvent::share_out, refunded},
    Transition{captured, PaymentEvent::refund, refunded},
    Transition{refunded, PaymentEvent::refund, refunded},
    Transition{hold, PaymentEvent::uncollected, failed},
    Transition{captured, PaymentEvent::uncollected, failed},
    Transition{refunded, PaymentEvent::uncollected, failed},
};

}  // namespace

std::span<const Transition> transitions() {
    return table;
}

std::optional<PaymentStatus> after(PaymentStatus from, PaymentEvent event) {
    for (const Transition& transition : table) {
        if (transition.from == from && transition.event == event) return transition.to;
    }
    return std::nullopt;
}

}  // namespace safargo::payments
