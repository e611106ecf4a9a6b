// Rows that have served: nobody will ask for them again.
#pragma once

#include "core/task.hpp"
#include "core/time.hpp"
#include "db/session.hpp"
#include "platform/pruning.hpp"

#include <vector>

namespace safargo::jobs {

// Of tables that belong to no feature: idempotency keys after 24 h, sent outbox rows after 7 days, dead ones after 30.
std::vector<platform::PruningRule> own_pruning_rules();

// A few thousand rows per statement, so that no statement is long; answers how many went. A rule that fails is logged
// and does not keep the others.
Task<std::int64_t> prune(db::Session& session, std::vector<platform::PruningRule> rules, Instant now);

}  // namespace safargo::jobs
