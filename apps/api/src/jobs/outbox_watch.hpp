// How the outbox does, for people who watch: gauges of what does not leave it.
#pragma once

#include "core/task.hpp"
#include "core/time.hpp"
#include "db/session.hpp"

namespace safargo::jobs {

// Attempts after which a message that is still tried counts as stuck: half an hour of failures and more.
inline constexpr int stuck_after = 12;

// safargo_outbox_stuck{family="payment"|"other"}: rows that failed `stuck_after` times and are tried further,
// or were set aside; safargo_outbox_dead: rows given up, until they are pruned; safargo_outbox_lag_seconds: for how
// long the oldest row that could leave has been waiting.
Task<void> watch_outbox(db::Session& session, Instant now);

}  // namespace safargo::jobs
