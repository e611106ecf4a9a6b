// The jobs that belong to no feature: those of the outbox, and of rows that have served.
#pragma once

#include "db/database.hpp"
#include "jobs/schedule.hpp"
#include "platform/pruning.hpp"

#include <vector>

namespace safargo::jobs {

// `database` outlives them. `pruned`: the rules of all features; those of jobs/pruning are added.
std::vector<Job> standard_jobs(db::Database& database, std::vector<platform::PruningRule> pruned);

}  // namespace safargo::jobs
