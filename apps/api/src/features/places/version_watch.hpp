// Follows the version of what is shown of places: answers that are kept in memory are right as long as it stands.
#pragma once

#include "api/data_version.hpp"
#include "core/task.hpp"
#include "db/database.hpp"

#include <atomic>

namespace safargo::places {

// Reads it every 250 ms, in outages too, until `stopping`; on the thread of `database`.
Task<void> watch_version(db::Database& database, api::DataVersion& seen, const std::atomic<bool>& stopping);

}  // namespace safargo::places
