// What mail and SMS vendors would have carried, kept in a table and shown at /dev/outbox. Development only.
#pragma once

#include "core/clock.hpp"
#include "db/database.hpp"
#include "ports/messenger.hpp"

namespace safargo::dev_outbox {

class DevMessenger final : public Messenger {
public:
    DevMessenger(db::Database& database, const Clock& clock) : database_(database), clock_(clock) {}
    bool serves(Channel) const override { return true; }
    Task<void> deliver(Delivery delivery) override;

private:
    db::Database& database_;
    const Clock& clock_;
};

}  // namespace safargo::dev_outbox
