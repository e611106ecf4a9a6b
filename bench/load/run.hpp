// A whole run: its threads, its clock, and what came of it.
#pragma once

#include "load/mix.hpp"
#include "load/plan.hpp"
#include "load/tally.hpp"

#include <chrono>
#include <functional>

namespace safargo::load {

struct Progress {
    std::chrono::nanoseconds elapsed;  // warm-up included, as are the counts
    std::uint64_t answered;
    std::uint64_t errors;
};

struct Watcher {
    std::chrono::nanoseconds every{std::chrono::seconds(10)};
    std::function<void(const Progress&)> look = [](const Progress&) {};
};

struct Outcome {
    Tally tally;
    double seconds;      // the measured part; less than the plan's when a list ran out
    double cpu_seconds;  // of this program in the measured part
    bool exhausted;
};

// Refused when the target cannot be reached before the run begins.
OrLine<Outcome> run(const Plan& plan, Mix& mix, const Watcher& watcher = {});

}  // namespace safargo::load
