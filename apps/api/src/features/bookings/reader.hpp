// Bookings with what is shown beside them: the places, the two people, the money.
#pragma once

#include "core/caller.hpp"
#include "db/session.hpp"
#include "features/bookings/repository.hpp"
#include "features/bookings/views.hpp"

#include <vector>

namespace safargo::bookings {

class BookingReader {
public:
    BookingReader(payments::Payments& payments, const BoardingCodes& codes) : payments_(payments), codes_(codes) {}

    // not_found for whoever is neither one of its two people nor an admin.
    Task<Result<BookingView>> find(db::Session& session, Caller caller, BookingId id) const;

    // As `viewer` may see it, whom the caller has let in.
    Task<BookingView> read(db::Session& session, BookingId id, UserId viewer) const;
    // The same for whoever has its payment in hand.
    Task<BookingView> read(db::Session& session, BookingId id, UserId viewer, payments::PaymentView payment) const;
    // Of rows that BOOKING_WITH_PEOPLE has found.
    Task<std::vector<BookingView>> read_all(db::Session& session, db::Rows rows, UserId viewer) const;

private:
    BookingView view(const db::Row& row, const Booking& booking, payments::PaymentView payment, UserId viewer) const;

    payments::Payments& payments_;
    const BoardingCodes& codes_;
    BookingRepository rows_;
};

}  // namespace safargo::bookings
