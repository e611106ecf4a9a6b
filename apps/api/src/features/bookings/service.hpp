// What passengers and drivers do with bookings (PRODUCT section 5). Each action runs in the transaction that the route
// opens; other people's bookings are not_found.
#pragma once

#include "core/caller.hpp"
#include "core/clock.hpp"
#include "db/database.hpp"
#include "features/bookings/locked_booking.hpp"
#include "features/bookings/reader.hpp"
#include "features/bookings/transitions.hpp"

namespace safargo::bookings {

class BookingService {
public:
    BookingService(db::Database& database, const Clock& clock, trips::Seats& seats, payments::Payments& payments,
                   const BookingTransitions& transitions, const BoardingCodes& codes);

    // Takes the seats for a request (approval mode), an unpaid booking (online) or a confirmed one (cash).
    Task<Result<BookingView>> book(db::Transaction& tx, Caller caller, BookSeats wanted);
    // After the commit of book or accept: asks for the money of an unpaid booking. Declined: it stays unpaid, and the
    // passenger may try again until the deadline.
    Task<Result<BookingView>> hold_now(Caller caller, BookingView view);

    // By the driver. A hold whose deadline has passed expires at once, and the action is refused. The first passenger
    // to board an open trip starts it.
    Task<Result<BookingView>> accept(db::Transaction& tx, Caller caller, BookingId id);
    Task<Result<BookingView>> decline(db::Transaction& tx, Caller caller, BookingId id);
    Task<Result<BookingView>> board(db::Transaction& tx, Caller caller, BookingId id, Board proof);
    Task<Result<BookingView>> complete(db::Transaction& tx, Caller caller, BookingId id);  // they got off early

    // Reports a no-show, from 15 minutes after the pickup: by the driver when the passenger did not come, by the
    // passenger when the driver did not come. For confirmed bookings only: a boarded passenger has met the driver. The
    // accused may contest it for a while (features/disputes); until then the money is frozen and nothing is counted.
    Task<Result<BookingView>> report_missing(db::Transaction& tx, Caller caller, BookingId id);

    // By the passenger, the driver or an admin, each on their own terms.
    Task<Result<BookingView>> cancel(db::Transaction& tx, Caller caller, BookingId id);

private:
    struct Acting;
    enum class Who { driver_only, passenger_or_driver, anyone_involved };  // the last: admins too

    Task<std::vector<trips::Trip>> lock_for_booking(db::Transaction& tx, UserId passenger, BookSeats wanted,
                                                    std::vector<TripId> overdue_on);
    Task<void> lock_drivers_of(db::Transaction& tx, const std::vector<Booking>& overdue);
    Task<Result<Acting>> begin(db::Transaction& tx, Caller caller, BookingId id, Who who, bool may_start = false);
    Task<Result<BookingView>> finish(db::Transaction& tx, Caller caller, const Acting& acting, Result<Nothing> moved);
    Task<Result<Nothing>> call_off(db::Transaction& tx, Caller caller, Acting& acting, BookingEvent event);
    Task<Result<Nothing>> board_passenger(db::Transaction& tx, Acting& acting, const Board& proof);
    Task<Result<Nothing>> record_late_proof(db::Transaction& tx, Acting& acting, const Board& proof);
    Task<bool> is_paid(db::Session& session, BookingId id);
    Task<Result<Nothing>> check_proof(db::Transaction& tx, Booking& booking, const Board& proof);

    db::Database& database_;
    const Clock& clock_;
    trips::Seats& seats_;
    payments::Payments& payments_;
    const BookingTransitions& transitions_;
    const BoardingCodes& codes_;
    BookingReader reader_;
    BookingRepository rows_;
};

}  // namespace safargo::bookings
