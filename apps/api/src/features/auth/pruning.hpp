#pragma once

#include "platform/pruning.hpp"

#include <vector>

namespace safargo::auth {

// One-time codes after a day, refresh tokens once expired, sessions 30 days after they were revoked or their last
// refresh token expired.
std::vector<platform::PruningRule> pruning_rules();

}  // namespace safargo::auth
