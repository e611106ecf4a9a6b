// The table of docs/configuration.md.
#pragma once

#include "config/variables.hpp"

#include <string>

namespace safargo {

// Markdown: one row per variable, in their order, with its default, what its value must be and what it means.
std::string configuration_table(Variables variables);

}  // namespace safargo
