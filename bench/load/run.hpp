// A whole run: its clock, its loop, and what came of it.
#pragma once

#include "load/tally.hpp"

namespace safargo::load {

struct Outcome {
    Tally tally;
    double seconds;      // the measured part; less than the plan's when a list ran out
    double cpu_seconds;  // of this program in the measured part
    bool exhausted;
};

// Throws std::runtime_error when the target cannot be reached before the run begins.
Outcome run(const Plan& plan, Mix& mix);

// As JSON, for benchmarks to read; ends with a line break.
std::string print_report(const Plan& plan, const Outcome& outcome);

}  // namespace safargo::load
