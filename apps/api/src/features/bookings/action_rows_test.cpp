// The table itself. '+' moves, '=' accepts and keeps the state; i illegal_transition, e too_early, s trip_not_started,
// x trip_ended, d trip_departed, p pickup_passed, b not_boarded, w boarding_code_invalid. A hold is past its deadline
// from the pickup on, and ends there.
#include "features/bookings/action_table_test.hpp"

namespace safargo::bookings {
namespace {

using enum BookingStatus;
using enum Act;
using States = std::vector<BookingStatus>;

constexpr HoursOfTrip always(std::string_view hours) {
    return {hours, hours, hours, hours, hours};
}

const States answered{awaiting_payment, confirmed, boarded}, not_to_board{requested, awaiting_payment, boarded};
const States travelled{completed, settled, disputed};
const States missed{no_show_passenger, no_show_driver};
const States called_off{declined, expired, cancelled_by_passenger, cancelled_by_driver, cancelled_by_admin};

States with_over(States states) {
    states.insert(states.end(), missed.begin(), missed.end());
    states.insert(states.end(), called_off.begin(), called_off.end());
    return states;
}

constexpr HoursOfTrip never = always("iiiiii");
constexpr HoursOfTrip hold_until_the_pickup{"++iiii", "++iiii", "++iiii", "xxiiii", "xxiiii"};
constexpr HoursOfTrip while_it_lasts{"++++++", "++++++", "++++++", "xxxxxx", "xxxxxx"};
constexpr HoursOfTrip boarding{"ssssss", "e+++++", "++++++", "xxxxxx", "xxxxxx"};

}  // namespace

std::vector<ActionRow> action_table() {
    return {
        // clang-format off
        // act                 states of the booking           draft     open      in progress completed cancelled
        {accept,               {requested},                   {"ddiiii", "++iiii", "ddiiii", "xxiiii", "xxiiii"}},
        {accept,               answered,                      never},
        {accept,               with_over(travelled),          never},

        {decline,              {requested},                   always("++iiii")},
        {decline,              answered,                      never},
        {decline,              with_over(travelled),          never},

        {cancel_by_passenger,  {requested, awaiting_payment}, hold_until_the_pickup},
        {cancel_by_passenger,  {confirmed},                   {"++pppp", "++pppp", "++pppp", "xxxxxx", "xxxxxx"}},
        {cancel_by_passenger,  {boarded},                     never},
        {cancel_by_passenger,  with_over(travelled),          never},

        {cancel_by_driver,     {requested},                   never},  // they decline
        {cancel_by_driver,     {awaiting_payment},            hold_until_the_pickup},
        {cancel_by_driver,     {confirmed},                   while_it_lasts},
        {cancel_by_driver,     {boarded},                     never},
        {cancel_by_driver,     with_over(travelled),          never},

        {cancel_by_admin,      {requested},                   never},
        {cancel_by_admin,      {awaiting_payment},            hold_until_the_pickup},
        {cancel_by_admin,      {confirmed},                   while_it_lasts},
        {cancel_by_admin,      {boarded},                     never},
        {cancel_by_admin,      with_over(travelled),          never},

        {board_by_pin,         not_to_board,                  never},
        {board_by_pin,         {confirmed},                   boarding},
        {board_by_pin,         with_over(travelled),          never},

        {board_by_wrong_pin,   not_to_board,                  never},
        {board_by_wrong_pin,   {confirmed},                   {"ssssss", "ewwwww", "wwwwww", "xxxxxx", "xxxxxx"}},
        {board_by_wrong_pin,   with_over(travelled),          never},

        {board_by_token,       not_to_board,                  never},
        {board_by_token,       {confirmed},                   boarding},
        {board_by_token,       travelled,                     always("=====i")},
        {board_by_token,       missed,                        always("=====i")},
        {board_by_token,       called_off,                    never},

        {no_show_by_driver,    not_to_board,                  never},
        {no_show_by_driver,    {confirmed},                   {"ssssss", "ssssss", "eee+++", "xxxxxx", "xxxxxx"}},
        {no_show_by_driver,    with_over(travelled),          never},

        {no_show_by_passenger, not_to_board,                  never},
        {no_show_by_passenger, {confirmed},                   {"ssssss", "eee+++", "eee+++", "xxxxxx", "xxxxxx"}},
        {no_show_by_passenger, with_over(travelled),          never},

        {complete,             {requested, awaiting_payment}, never},
        {complete,             {confirmed},                   always("bbbbbb")},
        {complete,             {boarded},                     {"ssssss", "ssssss", "++++++", "xxxxxx", "xxxxxx"}},
        {complete,             with_over(travelled),          never},
        // clang-format on
    };
}

}  // namespace safargo::bookings
