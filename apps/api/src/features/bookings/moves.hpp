// Every change of a booking and what belongs to it: the row, the seats, the money, the word to others. All inside a
// transaction that has locked the trip (where seats move) and then the booking; the caller's copies follow.
#pragma once

#include "features/bookings/events.hpp"
#include "features/bookings/no_show_rows.hpp"
#include "features/bookings/repository.hpp"
#include "features/trips/service.hpp"

#include <chrono>

namespace safargo::bookings {

class BookingMoves {
public:
    // Online money is captured `settlement_delay` after the ride. Who is said not to have come may contest it for
    // `contest_window`.
    BookingMoves(trips::Seats& seats, payments::Payments& payments, std::chrono::seconds settlement_delay,
                 std::chrono::seconds contest_window)
        : seats_(seats), payments_(payments), settlement_delay_(settlement_delay), contest_window_(contest_window) {}

    // A move that keeps the seats: accept, confirm, board, settle. illegal_transition changes nothing.
    Task<Result<Nothing>> go_on(db::Transaction& tx, Booking& booking, BookingEvent event, Instant now) const;

    // A move that ends the booking without a ride: the seats are free again and the money goes where `split` says.
    Task<Result<Nothing>> end(db::Transaction& tx, trips::Trip& trip, Booking& booking, BookingEvent event,
                              payments::Split split, Instant now) const;

    // The passenger did not come: the driver is paid as after a ride, but not before the time to contest is over. Cash
    // was never given.
    Task<Result<Nothing>> leave_behind(db::Transaction& tx, trips::Trip& trip, Booking& booking, Instant now) const;
    // The driver did not come: everything goes back to the passenger when the time to contest is over (NoShows).
    Task<Result<Nothing>> stand_up(db::Transaction& tx, trips::Trip& trip, Booking& booking, Instant now) const;
    // The trip is cancelled: what still waits after a reported no-show goes back to the passengers.
    Task<void> return_waiting(db::Transaction& tx, TripId trip, Instant now) const;

    // A hold whose deadline has passed, or that the departure ends. A request counts as ignored by the driver.
    Task<void> expire(db::Transaction& tx, trips::Trip& trip, Booking& booking, Instant now) const;

    // The ride took place. Cash has changed hands, so that is settled at once.
    Task<Result<Nothing>> complete(db::Transaction& tx, Booking& booking, Instant now) const;

    void announce(db::Transaction& tx, const Booking& booking, BookingNews what, Instant now) const;

private:
    Task<void> keep(db::Transaction& tx, const Booking& booking, Instant now) const;
    Task<Result<Nothing>> miss(db::Transaction& tx, trips::Trip& trip, Booking& booking, BookingEvent event,
                               Instant now) const;

    trips::Seats& seats_;
    payments::Payments& payments_;
    std::chrono::seconds settlement_delay_, contest_window_;
    BookingRepository rows_;
    NoShowRows no_shows_;
};

// The news of having entered a state.
BookingNews news_of(BookingStatus status);

}  // namespace safargo::bookings
