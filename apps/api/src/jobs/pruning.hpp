// Rows that have served: nobody will ask for them again.
#pragma once

#include "core/task.hpp"
#include "core/time.hpp"
#include "db/session.hpp"

namespace safargo::jobs {

// Idempotency keys after 24 h, sent outbox rows after 7 days, dead ones after 30, one-time codes after a day, refresh
// tokens once expired, sessions 30 days after they were revoked or their last refresh token expired.
// A few thousand rows per statement, so that no statement is long; answers how many went. A rule that fails is logged
// and does not keep the others.
Task<std::int64_t> prune(db::Session& session, Instant now);

}  // namespace safargo::jobs
