// Tells people what happened to a booking: subscribes to "booking.changed".
#pragma once

#include "db/database.hpp"
#include "db/outbox.hpp"
#include "features/bookings/messages.hpp"
#include "features/notifications/service.hpp"

namespace safargo::bookings {

class BookingNotifier {
public:
    BookingNotifier(db::Database& database, const Clock& clock, notifications::Notifications& notifications)
        : database_(database), clock_(clock), notifications_(notifications) {}

    db::Subscription subscription();

private:
    Task<void> notify(db::OutboxMessage message);
    Task<Result<Nothing>> send_all(db::Transaction& tx, std::vector<notifications::Notification> letters);

    db::Database& database_;
    const Clock& clock_;
    notifications::Notifications& notifications_;
};

}  // namespace safargo::bookings
