// Every transition of a booking and its effects: the row, the seats, the money, the event. All inside a transaction
// that has locked the trip (where seats move) and then the booking; the caller's copies are updated.
#pragma once

#include "features/bookings/events.hpp"
#include "features/bookings/no_show_rows.hpp"
#include "features/bookings/repository.hpp"
#include "features/live/service.hpp"
#include "features/trips/service.hpp"

#include <chrono>
#include <optional>

namespace safargo::bookings {

struct SettlementRules {
    std::chrono::seconds delay{};           // from the end of the ride to the capture of online money
    std::chrono::seconds contest_window{};  // in which the accused may contest a no-show; the money waits for its end
    // Where trips are bound to the clock (they have a start window): the money of a short ride waits at least this
    // long, and passengers whose pickup was after the end of the trip have not travelled.
    std::optional<std::chrono::seconds> short_ride_delay{};
};

class BookingTransitions {
public:
    BookingTransitions(trips::Seats& seats, payments::Payments& payments, SettlementRules rules,
                       live::Announcer announcer = {})
        : seats_(seats), payments_(payments), rules_(rules), announcer_(announcer) {}

    // A transition that keeps the seats: accept, confirm, board, settle. illegal_transition changes nothing.
    Task<Result<Nothing>> advance(db::Transaction& tx, Booking& booking, BookingEvent event, Instant now) const;

    // One that ends the booking without a ride: the seats are free again and the money goes where `split` says.
    Task<Result<Nothing>> end(db::Transaction& tx, trips::Trip& trip, Booking& booking, BookingEvent event,
                              payments::Split split, Instant now) const;

    // The passenger did not come: the driver is paid as after a ride, but not before the contest window has closed.
    // Cash never changed hands.
    Task<Result<Nothing>> report_passenger_missing(db::Transaction& tx, trips::Trip& trip, Booking& booking,
                                                   Instant now) const;
    // The driver did not come: the passenger is refunded in full when the contest window has closed (NoShows).
    Task<Result<Nothing>> report_driver_missing(db::Transaction& tx, trips::Trip& trip, Booking& booking,
                                                Instant now) const;
    // The trip is cancelled: money still frozen by reported no-shows (`missed`) goes back to the passengers. If a
    // no-show could still be contested, that ride was called off, too.
    Task<bool> refund_missed(db::Transaction& tx, std::vector<Booking> missed, Instant now) const;
    // An undecided dispute (over a no-show, or a ride completed too early to count) becomes moot: everything is
    // refunded, and disputes::DisputeTripListener closes it.
    Task<void> close_dispute(db::Transaction& tx, Booking& booking, Instant now) const;

    // A hold whose deadline has passed, or that the departure ends. A request counts as ignored by the driver.
    Task<void> expire(db::Transaction& tx, trips::Trip& trip, Booking& booking, Instant now) const;

    // The ride took place. Cash has changed hands, so a cash booking is settled at once; after a short ride it is
    // settled only when it can no longer be disputed, just as online money is captured then.
    Task<Result<Nothing>> complete(db::Transaction& tx, Booking& booking, Instant now) const;
    // Deferred cash: recorded, and the booking settled.
    Task<void> record_cash(db::Transaction& tx, Booking& booking, Instant now) const;
    void record_cash_later(db::Transaction& tx, const Booking& booking, Instant now, Instant when) const;
    // Is the money of this completed booking deferred because the ride was short?
    bool holds_back(const Booking& booking, Instant now) const;
    // At the end of the trip: a confirmed booking whose pickup was still to come.
    bool was_left_out(const Booking& booking, Instant now) const;

    // The trip was called off after the booking had been completed too early to count as a ride: everything is
    // refunded.
    Task<void> undo_completion(db::Transaction& tx, Booking& booking, Instant now) const;

    // For messages to people (BookingNotifier), and for the open pages of those whom it concerns.
    void announce(db::Transaction& tx, const Booking& booking, BookingNews what, Instant now) const;

private:
    Task<void> save_and_announce(db::Transaction& tx, const Booking& booking, Instant now) const;
    Task<Result<Nothing>> report_missing(db::Transaction& tx, trips::Trip& trip, Booking& booking, BookingEvent event,
                                         Instant now) const;

    trips::Seats& seats_;
    payments::Payments& payments_;
    SettlementRules rules_;
    live::Announcer announcer_;
    BookingRepository rows_;
    NoShowRows no_shows_;
};

// The event that a state was entered.
BookingNews news_of(BookingStatus status);

}  // namespace safargo::bookings
