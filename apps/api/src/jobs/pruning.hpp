// Deletes obsolete rows.
#pragma once

#include "core/task.hpp"
#include "core/time.hpp"
#include "db/session.hpp"
#include "platform/pruning.hpp"

#include <vector>

namespace safargo::jobs {

// For tables that belong to no feature: stored answers as long as api keeps them, sent outbox rows 7 days, dead
// ones 30.
std::vector<platform::PruningRule> own_pruning_rules();

// Deletes a few thousand rows per statement, so that none takes long; returns the number of rows. A failing rule is
// logged and does not stop the others.
Task<std::int64_t> prune(db::Session& session, std::vector<platform::PruningRule> rules, Instant now);

}  // namespace safargo::jobs
