#include "features/bookings/booking_states.hpp"

#include <algorithm>
#include <array>

namespace safargo::bookings {
namespace {

using enum BookingStatus;
using enum BookingEvent;

struct Transition {
    BookingStatus from;
    BookingEvent event;
    BookingStatus to;
};

constexpr std::array transitions{
    Transition{requested, accept_unpaid, awaiting_payment},
    Transition{requested, confirm, confirmed},
    Transition{requested, decline, declined},
    Transition{requested, expire, expired},
    Transition{requested, cancel_by_passenger, cancelled_by_passenger},

    Transition{awaiting_payment, confirm, confirmed},
    Transition{awaiting_payment, expire, expired},
    Transition{awaiting_payment, cancel_by_passenger, cancelled_by_passenger},
    Transition{awaiting_payment, cancel_by_driver, cancelled_by_driver},
    Transition{awaiting_payment, cancel_by_admin, cancelled_by_admin},

    Transition{confirmed, board, boarded},
    Transition{confirmed, complete, completed},
    Transition{confirmed, passenger_missing, no_show_passenger},
    Transition{confirmed, driver_missing, no_show_driver},
    Transition{confirmed, cancel_by_passenger, cancelled_by_passenger},
    Transition{confirmed, cancel_by_driver, cancelled_by_driver},
    Transition{confirmed, cancel_by_admin, cancelled_by_admin},

    Transition{boarded, complete, completed},

    Transition{completed, settle, settled},
    Transition{completed, dispute, disputed},
    Transition{settled, dispute, disputed},
    Transition{disputed, settle, settled},
    Transition{no_show_passenger, dispute, disputed},
    Transition{no_show_driver, dispute, disputed},

    Transition{expired, revive, confirmed},
};

}  // namespace

std::optional<BookingStatus> next(BookingStatus status, BookingEvent event) {
    const auto found = std::ranges::find_if(transitions, [=](const Transition& transition) {
        return transition.from == status && transition.event == event;
    });
    if (found == transitions.end()) return std::nullopt;
    return found->to;
}

bool is_hold(BookingStatus status) {
    return status == requested || status == awaiting_payment;
}

bool is_active(BookingStatus status) {
    return is_hold(status) || status == confirmed || status == boarded;
}

}  // namespace safargo::bookings
