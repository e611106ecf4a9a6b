// Reading bookings: a single one, the caller's own (filtered and sorted), and those of one trip.
#pragma once

#include "api/cursor.hpp"
#include "core/clock.hpp"
#include "db/database.hpp"
#include "features/bookings/reader.hpp"
#include "features/trips/service.hpp"

namespace safargo::bookings {

class BookingQueries {
public:
    BookingQueries(db::Database& database, const Clock& clock, trips::Seats& seats, payments::Payments& payments,
                   const BoardingCodes& codes, const api::CursorSigner& cursors)
        : database_(database),
          clock_(clock),
          seats_(seats),
          codes_(codes),
          cursors_(cursors),
          reader_(payments, codes) {}

    // not_found unless the caller is the passenger, the driver or an admin.
    Task<Result<BookingView>> find(Caller caller, BookingId id);
    // The caller's own, as passenger or driver.
    Task<Result<BookingPage>> list(Caller caller, ListBookings wanted);
    // All bookings of one trip, for its driver; not_found for anyone else.
    Task<Result<TripBookingPage>> list_of_trip(Caller caller, TripId trip, ListTripBookings wanted);

private:
    db::Database& database_;
    const Clock& clock_;
    trips::Seats& seats_;
    const BoardingCodes& codes_;
    const api::CursorSigner& cursors_;
    BookingReader reader_;
};

}  // namespace safargo::bookings
