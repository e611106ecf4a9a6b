// Messages that mail and SMS vendors would send, stored in a table and shown at /dev/outbox. Development only.
#pragma once

#include "core/clock.hpp"
#include "db/database.hpp"
#include "ports/messenger.hpp"

namespace safargo::dev_outbox {

class DevMessenger final : public Messenger {
public:
    DevMessenger(db::Database& database, const Clock& clock, Channel channel)
        : database_(database), clock_(clock), channel_(channel) {}
    // Delivered at once, with the id shown at /dev/outbox.
    Task<Receipt> deliver(Delivery delivery) override;

private:
    db::Database& database_;
    const Clock& clock_;
    Channel channel_;
};

}  // namespace safargo::dev_outbox
