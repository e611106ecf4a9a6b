#pragma once

#include "platform/pruning.hpp"

#include <vector>

namespace safargo::live {

std::vector<platform::PruningRule> pruning_rules();

}  // namespace safargo::live
