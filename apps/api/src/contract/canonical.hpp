// One canonical text for all JSON documents with the same meaning: members sorted by name, no white space, one form per
// number and character. For comparing and hashing, not for parsing.
#pragma once

#include "contract/node.hpp"

#include <string>

namespace safargo::contract {

std::string canonical_text(const Node& node);

}  // namespace safargo::contract
