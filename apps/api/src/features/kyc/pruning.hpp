#pragma once

#include "platform/pruning.hpp"

#include <vector>

namespace safargo::kyc {

std::vector<platform::PruningRule> pruning_rules();

}  // namespace safargo::kyc
