// The life cycle of a booking (PRODUCT section 5): one table, consulted by everything that changes a booking.
#pragma once

#include <boost/describe/enum.hpp>

#include <optional>

namespace safargo::bookings {

enum class BookingStatus {
    requested,
    awaiting_payment,
    confirmed,
    boarded,
    completed,
    settled,
    disputed,
    declined,
    expired,
    cancelled_by_passenger,
    cancelled_by_driver,
    cancelled_by_admin,
    no_show_passenger,
    no_show_driver,
};
BOOST_DESCRIBE_ENUM(BookingStatus, requested, awaiting_payment, confirmed, boarded, completed, settled, disputed,
                    declined, expired, cancelled_by_passenger, cancelled_by_driver, cancelled_by_admin,
                    no_show_passenger, no_show_driver)

enum class BookingEvent {
    accept_unpaid,  // the driver agrees, the payment is outstanding
    confirm,        // the driver agrees or the money is held: the seat is sure
    decline,
    expire,
    cancel_by_passenger,
    cancel_by_driver,
    cancel_by_admin,
    board,
    complete,
    settle,
    dispute,
    passenger_missing,
    driver_missing,
    revive,  // a late payment took the seats again
};
BOOST_DESCRIBE_ENUM(BookingEvent, accept_unpaid, confirm, decline, expire, cancel_by_passenger, cancel_by_driver,
                    cancel_by_admin, board, complete, settle, dispute, passenger_missing, driver_missing, revive)

// nullopt: illegal_transition.
std::optional<BookingStatus> next(BookingStatus status, BookingEvent event);

// Active bookings hold seats; the database's constraints count the same four.
bool is_active(BookingStatus status);
// Active states that a deadline ends: requested, awaiting_payment.
bool is_hold(BookingStatus status);

}  // namespace safargo::bookings
