// The table of docs/configuration.md.
#pragma once

#include "config/variables.hpp"

#include <string>

namespace safargo {

// Markdown: one row per variable, in order, with its default, rule and meaning.
std::string configuration_table(Variables variables);

}  // namespace safargo
