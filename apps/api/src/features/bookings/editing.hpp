// What passengers change in a booking that stays (PRODUCT section 5): its number of seats.
#pragma once

#include "core/caller.hpp"
#include "core/clock.hpp"
#include "features/bookings/locked_booking.hpp"
#include "features/bookings/reader.hpp"
#include "features/bookings/transitions.hpp"

namespace safargo::bookings {

class BookingEditing {
public:
    BookingEditing(const Clock& clock, trips::Seats& seats, payments::Payments& payments,
                   const BookingTransitions& transitions, const BoardingCodes& codes)
        : clock_(clock), seats_(seats), payments_(payments), transitions_(transitions), reader_(payments, codes) {}

    // By the passenger, for a request or a confirmed booking, until the pickup: some seats are given back, under the
    // cancellation policy. The same number as before changes nothing. An overdue hold expires at once, and the call is
    // refused.
    Task<Result<BookingView>> edit(db::Transaction& tx, Caller caller, BookingId id, EditBooking wanted);

private:
    Task<void> hand_back(db::Transaction& tx, LockedBooking& locked, int seats, Instant now);

    const Clock& clock_;
    trips::Seats& seats_;
    payments::Payments& payments_;
    const BookingTransitions& transitions_;
    BookingReader reader_;
    BookingRepository rows_;
};

}  // namespace safargo::bookings
