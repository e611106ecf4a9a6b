// Test-only: what every action answers in every state of its booking, every state of its trip and at every hour
// (PRODUCT section 5), as one table.
#pragma once

#include "features/bookings/types.hpp"
#include "features/trips/types.hpp"

#include <boost/describe/enum.hpp>

#include <array>
#include <string_view>
#include <vector>

namespace safargo::bookings {

// The caller and the manner; the verbs of the routes stand before the first underscore that is followed by "by".
enum class Act {
    accept,
    decline,
    cancel_by_passenger,
    cancel_by_driver,
    cancel_by_admin,
    board_by_pin,
    board_by_wrong_pin,
    board_by_token,
    no_show_by_driver,
    no_show_by_passenger,
    complete,
};
BOOST_DESCRIBE_ENUM(Act, accept, decline, cancel_by_passenger, cancel_by_driver, cancel_by_admin, board_by_pin,
                    board_by_wrong_pin, board_by_token, no_show_by_driver, no_show_by_passenger, complete)

// The columns of a cell text, in this order.
enum class Hour { before_the_window, in_the_window, after_the_pickup, a_quarter_later, after_the_end, two_days_later };
BOOST_DESCRIBE_ENUM(Hour, before_the_window, in_the_window, after_the_pickup, a_quarter_later, after_the_end,
                    two_days_later)

// One letter per hour: '+' moves the booking, '=' is accepted and leaves its state, others are refusals (code_of_letter
// in action_table_test.cpp).
struct HoursOfTrip {
    std::string_view draft, open, in_progress, completed, cancelled;
};

struct ActionRow {
    Act act;
    std::vector<BookingStatus> states;
    HoursOfTrip hours;
};

std::vector<ActionRow> action_table();

}  // namespace safargo::bookings
