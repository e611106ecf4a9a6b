// Tells a person what became of their documents: subscribes to "kyc.changed".
#pragma once

#include "core/clock.hpp"
#include "db/database.hpp"
#include "db/outbox.hpp"
#include "features/kyc/events.hpp"
#include "features/notifications/service.hpp"

namespace safargo::kyc {

class DocumentNotifier {
public:
    DocumentNotifier(db::Database& database, const Clock& clock, notifications::Notifications& notifications)
        : database_(database), clock_(clock), notifications_(notifications) {}

    db::Subscription subscription();

private:
    Task<void> notify(db::OutboxMessage message);
    Task<Result<Nothing>> send(db::Transaction& tx, notifications::Notification letter);

    db::Database& database_;
    const Clock& clock_;
    notifications::Notifications& notifications_;
};

}  // namespace safargo::kyc
