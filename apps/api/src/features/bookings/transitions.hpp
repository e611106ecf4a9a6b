// Every change of a booking and what belongs to it: the row, the seats, the money, the word to others. All inside a
// transaction that has locked the trip (where seats move) and then the booking; the caller's copies follow.
#pragma once

#include "features/bookings/events.hpp"
#include "features/bookings/no_show_rows.hpp"
#include "features/bookings/repository.hpp"
#include "features/trips/service.hpp"

#include <chrono>
#include <optional>

namespace safargo::bookings {

struct SettlementRules {
    std::chrono::seconds delay{};           // online money is captured so long after the ride
    std::chrono::seconds contest_window{};  // for whoever is said not to have come; until then that money waits
    // Where trips keep to the clock (they have a start window): the money of a short ride waits at least so long, and
    // whoever was to be picked up after the end of the trip has not travelled.
    std::optional<std::chrono::seconds> short_ride_delay{};
};

class BookingTransitions {
public:
    BookingTransitions(trips::Seats& seats, payments::Payments& payments, SettlementRules rules)
        : seats_(seats), payments_(payments), rules_(rules) {}

    // A transition that keeps the seats: accept, confirm, board, settle. illegal_transition changes nothing.
    Task<Result<Nothing>> advance(db::Transaction& tx, Booking& booking, BookingEvent event, Instant now) const;

    // One that ends the booking without a ride: the seats are free again and the money goes where `split` says.
    Task<Result<Nothing>> end(db::Transaction& tx, trips::Trip& trip, Booking& booking, BookingEvent event,
                              payments::Split split, Instant now) const;

    // The passenger did not come: the driver is paid as after a ride, but not before the time to contest is over. Cash
    // was never given.
    Task<Result<Nothing>> report_passenger_missing(db::Transaction& tx, trips::Trip& trip, Booking& booking,
                                                   Instant now) const;
    // The driver did not come: everything goes back to the passenger when the time to contest is over (NoShows).
    Task<Result<Nothing>> report_driver_missing(db::Transaction& tx, trips::Trip& trip, Booking& booking,
                                                Instant now) const;
    // The trip is cancelled: what still waits after reported no-shows (`missed`) goes back to the passengers. Could one
    // of these still say that they had come? Then their ride was called off, too.
    Task<bool> refund_missed(db::Transaction& tx, std::vector<Booking> missed, Instant now) const;
    // And of a dispute that nobody has decided (a no-show, or a ride completed too early for one) there is nothing left
    // to decide: everything goes back, and disputes::DisputeTripListener closes it.
    Task<void> close_dispute(db::Transaction& tx, Booking& booking, Instant now) const;

    // A hold whose deadline has passed, or that the departure ends. A request counts as ignored by the driver.
    Task<void> expire(db::Transaction& tx, trips::Trip& trip, Booking& booking, Instant now) const;

    // The ride took place. Cash has changed hands, so that is settled at once; after a short ride it is recorded when
    // nobody can dispute it any more, as online money is captured then.
    Task<Result<Nothing>> complete(db::Transaction& tx, Booking& booking, Instant now) const;
    // Cash whose word waited: recorded, and the booking settled.
    Task<void> record_cash(db::Transaction& tx, Booking& booking, Instant now) const;
    void record_cash_later(db::Transaction& tx, const Booking& booking, Instant now, Instant when) const;
    // Does the money of this completed booking wait, since the ride was short?
    bool holds_back(const Booking& booking, Instant now) const;
    // At the end of the trip: a confirmed seat whose pickup was still to come.
    bool was_left_out(const Booking& booking, Instant now) const;

    // The trip was called off after the booking had been completed, too early for a ride: everything goes back.
    Task<void> undo_completion(db::Transaction& tx, Booking& booking, Instant now) const;

    void announce(db::Transaction& tx, const Booking& booking, BookingNews what, Instant now) const;

private:
    Task<void> save_and_announce(db::Transaction& tx, const Booking& booking, Instant now) const;
    Task<Result<Nothing>> report_missing(db::Transaction& tx, trips::Trip& trip, Booking& booking, BookingEvent event,
                                         Instant now) const;

    trips::Seats& seats_;
    payments::Payments& payments_;
    SettlementRules rules_;
    BookingRepository rows_;
    NoShowRows no_shows_;
};

// The news of having entered a state.
BookingNews news_of(BookingStatus status);

}  // namespace safargo::bookings
