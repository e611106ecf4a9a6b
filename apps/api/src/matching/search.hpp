// Runs one query on one snapshot.
#pragma once

#include "matching/query.hpp"
#include "matching/snapshot.hpp"

namespace safargo::matching {

Page search(const Snapshot& snapshot, const Query& query);

}  // namespace safargo::matching
