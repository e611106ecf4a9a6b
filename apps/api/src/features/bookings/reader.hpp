// Bookings with what is shown beside them: the places, the two people, the money.
#pragma once

#include "api/cursor.hpp"
#include "core/caller.hpp"
#include "db/session.hpp"
#include "features/bookings/views.hpp"

#include <optional>

namespace safargo::bookings {

class BookingReader {
public:
    BookingReader(payments::Payments& payments, const BoardingCodes& codes, const api::CursorSigner& cursors)
        : payments_(payments), codes_(codes), cursors_(cursors) {}

    // As `viewer` may see it, whom the caller has let in.
    Task<BookingView> read(db::Session& session, BookingId id, UserId viewer) const;
    // The same for whoever has its payment in hand.
    Task<BookingView> read(db::Session& session, BookingId id, UserId viewer, payments::PaymentView payment) const;

    // One's own, as passenger or driver, upcoming or past as of `now`. The lists stand in listing.cpp.
    Task<Result<BookingPage>> list(db::Session& session, UserId viewer, ListBookings wanted, Instant now) const;
    // All of one trip, for its driver.
    Task<Result<BookingPage>> list_of_trip(db::Session& session, TripId trip, UserId viewer,
                                           ListTripBookings wanted) const;

private:
    Task<std::vector<BookingView>> views(db::Session& session, db::Rows rows, UserId viewer) const;
    BookingView view(const db::Row& row, const Booking& booking, payments::PaymentView payment, UserId viewer) const;

    payments::Payments& payments_;
    const BoardingCodes& codes_;
    const api::CursorSigner& cursors_;
};

}  // namespace safargo::bookings
