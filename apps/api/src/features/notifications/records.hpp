// What is kept about messages and their readers.
#pragma once

#include "core/clock.hpp"
#include "db/database.hpp"
#include "features/notifications/delivery_log.hpp"

namespace safargo::notifications {

struct Records {
    DeliveryLog& log;
    db::Database& database;  // what readers have chosen, and what waits for their quiet hours to end
    const Clock& clock;
};

}  // namespace safargo::notifications
