// Tells the two people of a dispute what happened to it: subscribes to "dispute.changed".
#pragma once

#include "core/clock.hpp"
#include "db/database.hpp"
#include "db/outbox.hpp"
#include "features/bookings/events.hpp"
#include "features/disputes/events.hpp"
#include "features/notifications/service.hpp"

#include <vector>

namespace safargo::disputes {

class DisputeNotifier {
public:
    DisputeNotifier(db::Database& database, const Clock& clock, notifications::Notifications& notifications)
        : database_(database), clock_(clock), notifications_(notifications) {}

    db::Subscription subscription();

private:
    Task<void> notify(db::OutboxMessage message);
    Task<Result<Nothing>> send_all(db::Transaction& tx, std::vector<notifications::Notification> letters);

    db::Database& database_;
    const Clock& clock_;
    notifications::Notifications& notifications_;
};

}  // namespace safargo::disputes
