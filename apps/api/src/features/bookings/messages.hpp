// Who hears what of a booking, and how times are said. Pure.
#pragma once

#include "core/language.hpp"
#include "features/bookings/events.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace safargo::bookings {

enum class Audience { passenger, driver };
enum class Moment {
    none,
    pickup,    // the template's second parameter
    deadline,  // likewise
    contest,   // who says so, the pickup, until when it may be contested
};
// Then, where it is said, what becomes of the money, in a sentence; of late money only how much it was.
enum class Money { none, back, to_driver, late };
// What must hold when the message is written, which may be a while after the news.
enum class Only {
    always,
    while_unpaid,           // the seat is not paid for yet
    while_unpaid_accepted,  // and the driver had to accept: who booked at once was asked for the money there
    unless_driver_did_it,
    after_acceptance,   // the driver had said yes, and counts on somebody
    while_trip_stands,  // of a trip that is cancelled as a whole the driver hears once
    once_started,       // the trip had set off
    unless_started,
};

struct Message {
    std::string_view template_name;
    Audience to;
    Moment says = Moment::none;
    Only only = Only::always;
    Money money = Money::none;
    bool names_other = false;   // then the name of the other one
    bool counts_seats = false;  // and at last how many seats the booking has
};

std::vector<Message> messages_of(BookingNews what);

// "06/12 à 09:00", as Algiers counts.
std::string day_and_time(Instant at, Language language);
// "1 575 DA"
std::string amount(Dinars dinars, Language language);
// What the passenger gets back of a booking that ended; nothing may have been paid.
std::string money_back(Dinars refunded, Language language);
// What the driver keeps of it.
std::string driver_share(Dinars share, Language language);
// A deadline is a clock time, with its day only where that is not the day of `said_at`: "18:40", "le 03/12 à 00:40".
std::string deadline_time(Instant at, Instant said_at, Language language);

}  // namespace safargo::bookings
