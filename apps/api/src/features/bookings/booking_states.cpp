#include "features/bookings/booking_states.hpp"

#include <algorithm>
#include <array>

namespace safargo::bookings {
namespace {

using enum BookingStatus;
using enum BookingEvent;

struct Move {
    BookingStatus from;
    BookingEvent event;
    BookingStatus to;
};

constexpr std::array moves{
    Move{requested, accept_unpaid, awaiting_payment},
    Move{requested, confirm, confirmed},
    Move{requested, decline, declined},
    Move{requested, expire, expired},
    Move{requested, cancel_by_passenger, cancelled_by_passenger},

    Move{awaiting_payment, confirm, confirmed},
    Move{awaiting_payment, expire, expired},
    Move{awaiting_payment, cancel_by_passenger, cancelled_by_passenger},
    Move{awaiting_payment, cancel_by_driver, cancelled_by_driver},
    Move{awaiting_payment, cancel_by_admin, cancelled_by_admin},

    Move{confirmed, board, boarded},
    Move{confirmed, complete, completed},
    Move{confirmed, passenger_missing, no_show_passenger},
    Move{confirmed, driver_missing, no_show_driver},
    Move{confirmed, cancel_by_passenger, cancelled_by_passenger},
    Move{confirmed, cancel_by_driver, cancelled_by_driver},
    Move{confirmed, cancel_by_admin, cancelled_by_admin},

    Move{boarded, complete, completed},

    Move{completed, settle, settled},
    Move{completed, dispute, disputed},
    Move{settled, dispute, disputed},
    Move{disputed, settle, settled},
    Move{no_show_passenger, dispute, disputed},
    Move{no_show_driver, dispute, disputed},

    Move{expired, revive, confirmed},
};

}  // namespace

std::optional<BookingStatus> next(BookingStatus status, BookingEvent event) {
    const auto found =
        std::ranges::find_if(moves, [=](const Move& move) { return move.from == status && move.event == event; });
    if (found == moves.end()) return std::nullopt;
    return found->to;
}

bool is_hold(BookingStatus status) {
    return status == requested || status == awaiting_payment;
}

bool is_active(BookingStatus status) {
    return is_hold(status) || status == confirmed || status == boarded;
}

}  // namespace safargo::bookings
