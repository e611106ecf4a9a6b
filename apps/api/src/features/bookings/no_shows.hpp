// What becomes of a reported no-show that nobody contested in time: it counts, and a passenger whom nobody fetched gets
// everything back. (The driver of a passenger who did not come is paid by the capture that the report left.)
#pragma once

#include "core/clock.hpp"
#include "db/database.hpp"
#include "db/outbox.hpp"
#include "features/bookings/events.hpp"
#include "features/bookings/no_show_rows.hpp"
#include "features/bookings/repository.hpp"

namespace safargo::bookings {

class NoShows {
public:
    NoShows(db::Database& database, const Clock& clock, payments::Payments& payments)
        : database_(database), clock_(clock), payments_(payments) {}

    // To "booking.no_show", which is due when the time to contest is over. Handled again it changes nothing.
    db::Subscription subscription();

private:
    Task<void> end_contest(db::OutboxMessage message);
    Task<Result<Nothing>> accept(db::Transaction& tx, NoShowReported reported);

    db::Database& database_;
    const Clock& clock_;
    payments::Payments& payments_;
    BookingRepository rows_;
    NoShowRows no_shows_;
};

// Leaves the end of the time to contest to the outbox.
void expect_end_of_contest(db::Transaction& tx, const NoShowReported& reported, Instant now, Instant contest_until);

}  // namespace safargo::bookings
