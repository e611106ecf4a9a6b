// What may be booked, until when a hold lasts, and what a move leaves in the row. Pure.
#pragma once

#include "core/result.hpp"
#include "features/bookings/types.hpp"
#include "features/trips/types.hpp"

#include <optional>

namespace safargo::bookings {

struct Passenger {
    UserId id;
    bool confirmed_female = false;  // by KYC; who else sees no women-only trip
};

// not_found, own_trip, validation_failed, trip_not_open or trip_departed; seats are judged by taking them.
std::optional<Error> refusal(const trips::Trip& trip, const Passenger& passenger, const BookSeats& wanted, Instant now);

// Can seats still be sold for a pickup at that time?
bool sells_at(const trips::Trip& trip, Instant pickup_at, Instant now);

// 3 h for the driver, 30 min for the money, each at most half the time left to the pickup.
Instant decision_deadline(Instant pickup_at, Instant now);
Instant payment_deadline(Instant pickup_at, Instant now);

// The new row: its first state by the trip's mode and the method, its money, its deadline.
Booking make_booking(const trips::Trip& trip, UserId passenger, const BookSeats& wanted, Instant now);

// Do the booked stops still stand at the booked places? No, where those are not known.
bool is_where_booked(const Booking& booking, const trips::Trip& trip);

// Moves the booking with its trip: the times, and a deadline that only comes sooner. seats_sold when that is no longer
// what was booked: another price, a stop that is gone, or a pickup or drop-off more than 15 minutes from the agreed
// one, which names the departures or the times of the stop that would do.
Result<Nothing> reschedule(Booking& booking, const trips::Trip& trip, Instant now);

// May one say now that the other did not come (`event`: passenger_missing by the driver, driver_missing by the
// passenger)? illegal_transition, trip_not_started, trip_ended or too_early.
std::optional<Error> no_show_refusal(const trips::Trip& trip, const Booking& booking, BookingEvent event, Instant now);

// Moves the row along the table and notes when; illegal_transition leaves it as it was.
Result<Nothing> apply(Booking& booking, BookingEvent event, Instant now);

}  // namespace safargo::bookings
