// One spelling for all documents that mean the same: members in the order of their names, no white space, one form for
// each number and each character. To compare and to hash, not to read again.
#pragma once

#include "contract/node.hpp"

#include <string>

namespace safargo::contract {

std::string canonical_text(const Node& node);

}  // namespace safargo::contract
