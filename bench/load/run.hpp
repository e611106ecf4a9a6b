// A whole run: its clock, its loop, and what came of it.
#pragma once

#include "load/worker.hpp"

namespace safargo::load {

// Throws std::runtime_error when the target cannot be reached before the run begins.
Outcome run(const Plan& plan, Mix& mix);

// As JSON, for benchmarks to read; ends with a line break.
std::string print_report(const Plan& plan, const Outcome& outcome);

}  // namespace safargo::load
