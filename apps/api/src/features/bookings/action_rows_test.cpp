// The table itself. '+' moves, '=' accepts and keeps the state; i illegal_transition, e too_early, s trip_not_started,
// x trip_ended, d trip_departed, p pickup_passed, b not_boarded, w boarding_code_invalid. A hold is past its deadline
// from the pickup on, and ends there.
#include "features/bookings/action_table_test.hpp"

namespace safargo::bookings {
namespace {

using enum BookingStatus;
using States = std::vector<BookingStatus>;

constexpr HoursOfTrip always(std::string_view hours) {
    return {hours, hours, hours, hours, hours};
}

const States travelled{completed, settled, disputed};
const States over{declined,           expired,           cancelled_by_passenger, cancelled_by_driver,
                  cancelled_by_admin, no_show_passenger, no_show_driver};

States with_over(States states) {
    states.insert(states.end(), over.begin(), over.end());
    return states;
}

constexpr HoursOfTrip never = always("iiiiii");
constexpr HoursOfTrip hold_until_the_pickup{"++iiii", "++iiii", "++iiii", "xxiiii", "xxiiii"};
constexpr HoursOfTrip while_it_lasts{"++++++", "++++++", "++++++", "xxxxxx", "xxxxxx"};
constexpr HoursOfTrip boarding{"ssssss", "e+++++", "++++++", "xxxxxx", "xxxxxx"};

}  // namespace

std::vector<ActionRow> action_table() {
    return {
        // act                      states of the booking                   draft     open      in progress completed
        // cancelled
        // completed cancelled
        // clang-format off
        {Act::accept,               {requested},                           {"ddiiii", "++iiii", "ddiiii", "xxiiii", "xxiiii"}},
        {Act::accept,               {awaiting_payment, confirmed, boarded},never},
        {Act::accept,               with_over(travelled),                  never},

        {Act::decline,              {requested},                           always("++iiii")},
        {Act::decline,              {awaiting_payment, confirmed, boarded},never},
        {Act::decline,              with_over(travelled),                  never},

        {Act::cancel_by_passenger,  {requested, awaiting_payment},         hold_until_the_pickup},
        {Act::cancel_by_passenger,  {confirmed},                           {"++pppp", "++pppp", "++pppp", "xxxxxx", "xxxxxx"}},
        {Act::cancel_by_passenger,  {boarded},                             never},
        {Act::cancel_by_passenger,  with_over(travelled),                  never},

        {Act::cancel_by_driver,     {requested},                           never},  // they decline
        {Act::cancel_by_driver,     {awaiting_payment},                    hold_until_the_pickup},
        {Act::cancel_by_driver,     {confirmed},                           while_it_lasts},
        {Act::cancel_by_driver,     {boarded},                             never},
        {Act::cancel_by_driver,     with_over(travelled),                  never},

        {Act::cancel_by_admin,      {requested},                           never},
        {Act::cancel_by_admin,      {awaiting_payment},                    hold_until_the_pickup},
        {Act::cancel_by_admin,      {confirmed},                           while_it_lasts},
        {Act::cancel_by_admin,      {boarded},                             never},
        {Act::cancel_by_admin,      with_over(travelled),                  never},

        {Act::board_by_pin,         {requested, awaiting_payment, boarded},never},
        {Act::board_by_pin,         {confirmed},                           boarding},
        {Act::board_by_pin,         with_over(travelled),                  never},

        {Act::board_by_wrong_pin,   {requested, awaiting_payment, boarded},never},
        {Act::board_by_wrong_pin,   {confirmed},                           {"ssssss", "ewwwww", "wwwwww", "xxxxxx", "xxxxxx"}},
        {Act::board_by_wrong_pin,   with_over(travelled),                  never},

        {Act::board_by_token,       {requested, awaiting_payment, boarded},never},
        {Act::board_by_token,       {confirmed},                           boarding},
        {Act::board_by_token,       travelled,                             always("=====i")},
        {Act::board_by_token,       over,                                  never},

        {Act::no_show_by_driver,    {requested, awaiting_payment, boarded},never},
        {Act::no_show_by_driver,    {confirmed},                           {"ssssss", "ssssss", "eee+++", "xxxxxx", "xxxxxx"}},
        {Act::no_show_by_driver,    with_over(travelled),                  never},

        {Act::no_show_by_passenger, {requested, awaiting_payment, boarded},never},
        {Act::no_show_by_passenger, {confirmed},                           {"ssssss", "eee+++", "eee+++", "xxxxxx", "xxxxxx"}},
        {Act::no_show_by_passenger, with_over(travelled),                  never},

        {Act::complete,             {requested, awaiting_payment},         never},
        {Act::complete,             {confirmed},                           always("bbbbbb")},
        {Act::complete,             {boarded},                             {"ssssss", "ssssss", "++++++", "xxxxxx", "xxxxxx"}},
        {Act::complete,             with_over(travelled),                  never},
        // clang-format on
    };
}

}  // namespace safargo::bookings
