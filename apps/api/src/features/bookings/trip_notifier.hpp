// Tells drivers that someone else has cancelled their trip: subscribes to "trip.cancelled".
#pragma once

#include "db/database.hpp"
#include "db/outbox.hpp"
#include "features/notifications/service.hpp"
#include "features/trips/events.hpp"

namespace safargo::bookings {

class TripNotifier {
public:
    TripNotifier(db::Database& database, const Clock& clock, notifications::Notifications& notifications)
        : database_(database), clock_(clock), notifications_(notifications) {}

    db::Subscription subscription();

private:
    Task<void> notify(db::OutboxMessage message);
    Task<Result<Nothing>> write(db::Transaction& tx, trips::TripCancelled cancelled, std::int64_t event);

    db::Database& database_;
    const Clock& clock_;
    notifications::Notifications& notifications_;
};

}  // namespace safargo::bookings
