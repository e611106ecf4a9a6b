// The news of a booking, in order per booking, after the commit (outbox kind "booking.changed").
#pragma once

#include "core/language.hpp"
#include "db/event_kind.hpp"
#include "features/bookings/types.hpp"

#include <string>

namespace safargo::bookings {

inline const db::EventKind booking_changed{"booking.changed"};
inline const db::EventKind no_show_reported{"booking.no_show", db::Listeners::one};
inline const db::EventKind cash_due{"booking.cash_due", db::Listeners::one};

// Mostly the state that was entered; the last ones happen without a change of state.
enum class BookingNews {
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
    payment_declined,  // the passenger may try again until the deadline
    money_returned,    // the payment came when the seat was gone
    rescheduled,       // the trip moved by a few minutes, and the pickup with it
    details_changed,   // the trip's note or preferences
    ride_cut_short,  // the trip was cancelled after the passenger boarded or a no-show was reported; nothing is charged
    counted_as_travelled,  // completed without boarding, before the pickup, or after hardly a ride
    seats_given_back,      // some of the seats, by the passenger
};
BOOST_DESCRIBE_ENUM(BookingNews, requested, awaiting_payment, confirmed, boarded, completed, settled, disputed,
                    declined, expired, cancelled_by_passenger, cancelled_by_driver, cancelled_by_admin,
                    no_show_passenger, no_show_driver, payment_declined, money_returned, rescheduled, details_changed,
                    ride_cut_short, counted_as_travelled, seats_given_back)

// The payload.
struct BookingChanged {
    BookingId booking_id;
    TripId trip_id;
    UserId passenger_id, driver_id;
    BookingNews what;
    Instant at;
    std::optional<Instant> deadline;  // of the hold, as it stood then
};
BOOST_DESCRIBE_STRUCT(BookingChanged, (), (booking_id, trip_id, passenger_id, driver_id, what, at, deadline))

// A date and time as messages about a booking write it: "06/12 à 09:00", in Algiers time.
std::string day_and_time(Instant at, Language language);

// A reported no-show; handled when the contest window has closed.
struct NoShowReported {
    BookingId booking_id;
};
BOOST_DESCRIBE_STRUCT(NoShowReported, (), (booking_id))

// The cash of a short ride is recorded once the ride can no longer be disputed.
struct CashDue {
    BookingId booking_id;
};
BOOST_DESCRIBE_STRUCT(CashDue, (), (booking_id))

}  // namespace safargo::bookings
