// Bookings with the related data shown beside them: the places, the two people, the money.
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

    // not_found unless the caller is the passenger, the driver or an admin.
    Task<Result<BookingView>> find(db::Session& session, Caller caller, BookingId id) const;

    // As `viewer` may see it; the caller has checked access.
    Task<BookingView> read(db::Session& session, BookingId id, UserId viewer) const;
    // The same for callers that have already loaded its payment.
    Task<BookingView> read(db::Session& session, BookingId id, UserId viewer, payments::PaymentView payment) const;
    // For rows that BOOKING_WITH_PEOPLE has selected.
    Task<std::vector<BookingView>> read_all(db::Session& session, db::Rows rows, UserId viewer) const;

private:
    BookingView view(const db::Row& row, const Booking& booking, payments::PaymentView payment, UserId viewer) const;

    payments::Payments& payments_;
    const BoardingCodes& codes_;
    BookingRepository rows_;
};

}  // namespace safargo::bookings
