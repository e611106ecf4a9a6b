// Jobs that belong to no feature: for the outbox, and for pruning.
#pragma once

#include "db/database.hpp"
#include "jobs/schedule.hpp"
#include "platform/pruning.hpp"

#include <vector>

namespace safargo::jobs {

// `database` must outlive them. `pruned` are the rules of all features; those of jobs/pruning are added.
std::vector<Job> standard_jobs(db::Database& database, std::vector<platform::PruningRule> pruned);

}  // namespace safargo::jobs
