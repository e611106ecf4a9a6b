// What happens to a reported no-show that was not contested in time: it counts, and a passenger whose driver did not
// come is refunded in full. (The driver of a passenger who did not come is paid by the capture that the report
// scheduled.)
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

    // Subscribes to "booking.no_show", which is due when the contest window has closed. Idempotent.
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

// Schedules the end of the contest window in the outbox.
void expect_end_of_contest(db::Transaction& tx, const NoShowReported& reported, Instant now, Instant contest_until);

}  // namespace safargo::bookings
