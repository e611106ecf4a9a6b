// The rows of bookings as the rules need them. Whoever locks a booking has locked its trip before, unless they only
// look at money.
#pragma once

#include "core/caller.hpp"
#include "db/sweep.hpp"
#include "db/transaction.hpp"
#include "features/bookings/cancellation.hpp"
#include "features/bookings/rules.hpp"

#include <optional>
#include <vector>

namespace safargo::bookings {

// Who wants to book, and on which trips they still block seats whose deadline has passed.
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
    // All below in the order of their ids.
    Task<std::vector<Booking>> lock_active(db::Transaction& tx, TripId trip) const;
    // Of people of whom one did not come, as the other says.
    Task<std::vector<Booking>> lock_missed(db::Transaction& tx, TripId trip) const;
    // Completed or settled, and never disputed: what an admin has decided stays.
    Task<std::vector<Booking>> lock_completed(db::Transaction& tx, TripId trip) const;
    // Of which nobody has decided the dispute. Locked after both above, which leave out what is disputed meanwhile.
    Task<std::vector<Booking>> lock_disputed(db::Transaction& tx, TripId trip) const;
    // Overdue holds of anybody on `trip`, and of the passenger on any of `trips`.
    Task<std::vector<Booking>> lock_overdue(db::Transaction& tx, std::vector<TripId> trips, TripId trip,
                                            UserId passenger, Instant now) const;
    // The longest overdue first, of those beyond `last`.
    Task<std::vector<OverdueHold>> find_overdue(db::Session& session, Instant now, OverdueHold last,
                                                std::size_t limit) const;

    // already_booked, overlapping_booking or overlapping_trip (they drive themselves); the transaction is then good for
    // nothing but a rollback.
    Task<Result<Nothing>> insert(db::Transaction& tx, Booking booking) const;
    Task<Result<Nothing>> save(db::Transaction& tx, Booking booking) const;
    // Of a booking that gave some back: its seats, price and fee.
    Task<void> save_seats(db::Transaction& tx, Booking booking) const;

    // Holds off the end of the account until the transaction ends; whoever counts in its profile is not held off. To be
    // taken before every other lock, as leaving does.
    Task<Booker> lock_booker(db::Transaction& tx, UserId passenger, Instant now) const;
    Task<bool> has_boarded(db::Session& session, TripId trip) const;
    Task<CancellationPolicy> find_policy(db::Session& session, Instant agreed_at) const;
};

}  // namespace safargo::bookings
