// Which messages a booking's news become, who receives them, and how times and amounts are written. Pure.
#pragma once

#include "core/language.hpp"
#include "features/bookings/events.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::bookings {

enum class Audience { passenger, driver };
enum class MessageDetail {
    none,
    pickup,    // the template's second parameter
    deadline,  // likewise
    contest,   // the reporter's name, the pickup, the end of the contest window
};
// The next parameter, if any: a sentence on the refund or the driver's share, or the amount of a late payment.
enum class Money { none, back, to_driver, late };
// The condition checked when the message is written, which may be a while after the event.
enum class SendIf {
    always,
    while_unpaid,           // the seat is not paid for yet
    while_unpaid_accepted,  // and the driver had to accept: with instant booking the passenger was asked to pay right
                            // away
    unless_driver_did_it,
    after_acceptance,   // the driver had accepted, and expects the passenger
    while_trip_stands,  // when the whole trip is cancelled, the driver gets one message about the trip
    once_started,       // the trip had started
    unless_started,
};

struct Message {
    std::string_view template_name;
    Audience to;
    MessageDetail detail = MessageDetail::none;
    SendIf send_if = SendIf::always;
    Money money = Money::none;
    bool names_other = false;   // then the other person's name
    bool counts_seats = false;  // and last the number of seats the booking has
};

std::vector<Message> messages_of(BookingNews what);

// "06/12 à 09:00", in Algiers time.
std::string day_and_time(Instant at, Language language);
// "1 575 DA"
std::string amount(Dinars dinars, Language language);
// What the passenger gets back from a booking that ended; possibly nothing was paid.
std::string money_back(Dinars refunded, Language language);
// What the driver keeps from it.
std::string driver_share(Dinars share, Language language);
// A deadline as a clock time, with its day only if that differs from the day of `said_at`: "18:40", "le 03/12 à 00:40".
std::string deadline_time(Instant at, Instant said_at, Language language);

}  // namespace safargo::bookings
