// Obsolete rows, declared by the owner of their table; the job prune_served deletes them hourly.
#pragma once

#include "db/statement.hpp"

#include <chrono>

namespace safargo::platform {

struct PruningRule {
    db::Statement statement;  // deletes at most $2 (bigint) rows older than $1 (timestamptz); returns the number
    std::chrono::seconds kept;
};

}  // namespace safargo::platform
