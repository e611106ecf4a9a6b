// Rows that have served: nobody will ask for them again.
#pragma once

#include "core/task.hpp"
#include "core/time.hpp"
#include "db/session.hpp"

namespace safargo::jobs {

// Idempotency keys after 24 h, sent outbox rows after 7 days, one-time codes after a day, refresh tokens once expired.
// A few thousand rows per statement, so that no statement is long; answers how many went.
Task<std::int64_t> prune(db::Session& session, Instant now);

}  // namespace safargo::jobs
