#pragma once

#include "platform/pruning.hpp"

#include <vector>

namespace safargo::media {

std::vector<platform::PruningRule> pruning_rules();

}  // namespace safargo::media
