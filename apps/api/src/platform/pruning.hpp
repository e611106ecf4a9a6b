// Rows that have served, declared by the owner of their table: the job prune_served deletes them every hour.
#pragma once

#include "db/statement.hpp"

#include <chrono>

namespace safargo::platform {

struct PruningRule {
    db::Statement statement;  // deletes rows of before $1 (timestamptz), at most $2 (bigint); answers how many
    std::chrono::seconds kept;
};

}  // namespace safargo::platform
