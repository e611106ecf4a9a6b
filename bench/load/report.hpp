// The outcome of a run as JSON, for benchmarks to read.
#pragma once

#include "load/run.hpp"

#include <string>

namespace safargo::load {

std::string print_report(const Plan& plan, const Outcome& outcome);  // ends with a line break

}  // namespace safargo::load
