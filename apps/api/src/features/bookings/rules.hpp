// What may be booked, how long a hold lasts, and what a transition writes to the row. Pure.
#pragma once

#include "core/result.hpp"
#include "features/bookings/types.hpp"
#include "features/trips/types.hpp"

#include <optional>

namespace safargo::bookings {

struct Passenger {
    UserId id;
    bool confirmed_female = false;  // by KYC; no one else sees women-only trips
};

// not_found, own_trip, validation_failed, trip_not_open or trip_departed; free seats are checked by taking them.
std::optional<Error> refusal(const trips::Trip& trip, const Passenger& passenger, const BookSeats& wanted, Instant now);

// Can seats still be sold for a pickup at that time?
bool sells_at(const trips::Trip& trip, Instant pickup_at, Instant now);

// 3 h for the driver, 30 min for the money, each at most half the time left to the pickup.
Instant decision_deadline(Instant pickup_at, Instant now);
Instant payment_deadline(Instant pickup_at, Instant now);

// The new row: its first state by the trip's mode and the method, its money, its deadline.
Booking make_booking(const trips::Trip& trip, UserId passenger, const BookSeats& wanted, Instant now);

// Are the booked stops still at the booked places? False if those are unknown.
bool is_where_booked(const Booking& booking, const trips::Trip& trip);

// Moves the booking with its trip: the times, and a deadline that can only come sooner. seats_sold when the trip is no
// longer what was booked: another price, a stop that is gone, or a pickup or drop-off more than 15 minutes from the
// agreed one; the error then names the departures or stop times that are allowed.
Result<Nothing> reschedule(Booking& booking, const trips::Trip& trip, Instant now);

// May a no-show be reported now (`event`: passenger_missing by the driver, driver_missing by the passenger)?
// illegal_transition, trip_not_started, trip_ended or too_early.
std::optional<Error> no_show_refusal(const trips::Trip& trip, const Booking& booking, BookingEvent event, Instant now);

// Applies a transition of the table to the row and records its time; on illegal_transition the row is unchanged.
Result<Nothing> apply(Booking& booking, BookingEvent event, Instant now);

}  // namespace safargo::bookings
