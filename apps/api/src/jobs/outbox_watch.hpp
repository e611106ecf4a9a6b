// Outbox metrics: gauges of rows that do not leave it.
#pragma once

#include "core/task.hpp"
#include "core/time.hpp"
#include "db/session.hpp"

namespace safargo::jobs {

// Attempts after which a message still being retried counts as stuck: at least half an hour of failures.
inline constexpr int stuck_after = 12;

// safargo_outbox_stuck{family="payment"|"other"}: rows that failed `stuck_after` times and are still retried, or were
// set aside; safargo_outbox_dead: rows given up, until pruned; safargo_outbox_lag_seconds: how long the oldest row that
// could be sent has been waiting.
Task<void> watch_outbox(db::Session& session, Instant now);

}  // namespace safargo::jobs
