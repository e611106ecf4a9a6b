// The rows of bookings as the rules need them. Code that locks a booking locks its trip first, unless it only looks at
// money.
#pragma once

#include "core/caller.hpp"
#include "db/sweep.hpp"
#include "db/transaction.hpp"
#include "features/bookings/cancellation.hpp"
#include "features/bookings/rules.hpp"

#include <optional>
#include <vector>

namespace safargo::bookings {

// The passenger who wants to book, and the trips on which they still hold seats past their deadline.
struct Booker {
    Passenger passenger;
    AccountStatus status = AccountStatus::active;
    std::vector<TripId> overdue_on;
};

using OverdueHold = db::DueRow<BookingId>;  // at its deadline

class BookingRepository {
public:
    Task<std::optional<Booking>> find(db::Session& session, BookingId id) const;
    Task<std::optional<Booking>> lock(db::Transaction& tx, BookingId id) const;
    // All lists below are in id order.
    Task<std::vector<Booking>> lock_active(db::Transaction& tx, TripId trip) const;
    // Bookings with a reported no-show.
    Task<std::vector<Booking>> lock_missed(db::Transaction& tx, TripId trip) const;
    // Completed or settled, and never disputed: an admin's decision stays.
    Task<std::vector<Booking>> lock_completed(db::Transaction& tx, TripId trip) const;
    // Those with an undecided dispute. Locked after both above, which leave out bookings disputed in the meantime.
    Task<std::vector<Booking>> lock_disputed(db::Transaction& tx, TripId trip) const;
    // Overdue holds of any passenger on `trip`, and of this passenger on any of `trips`.
    Task<std::vector<Booking>> lock_overdue(db::Transaction& tx, std::vector<TripId> trips, TripId trip,
                                            UserId passenger, Instant now) const;
    // The longest overdue first, starting after `last`.
    Task<std::vector<OverdueHold>> find_overdue(db::Session& session, Instant now, OverdueHold last,
                                                std::size_t limit) const;

    // already_booked, overlapping_booking or overlapping_trip (they drive themselves); the transaction can then only be
    // rolled back.
    Task<Result<Nothing>> insert(db::Transaction& tx, Booking booking) const;
    Task<Result<Nothing>> save(db::Transaction& tx, Booking booking) const;
    // After some seats were given back: the booking's seats, price and fee.
    Task<void> save_seats(db::Transaction& tx, Booking booking) const;

    // Locks the account against deletion until the transaction ends; updates of its profile counters are not blocked.
    // Take it before every other lock, as account deletion does.
    Task<Booker> lock_booker(db::Transaction& tx, UserId passenger, Instant now) const;
    Task<bool> has_boarded(db::Session& session, TripId trip) const;
    Task<CancellationPolicy> find_policy(db::Session& session, Instant agreed_at) const;
};

}  // namespace safargo::bookings
