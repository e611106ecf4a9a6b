// Periodic work that a module declares; jobs/runner runs it.
#pragma once

#include "core/task.hpp"
#include "core/time.hpp"

#include <chrono>
#include <functional>
#include <string>

namespace safargo::platform {

struct Job {
    std::string name;
    std::chrono::seconds every;
    std::function<Task<void>(Instant now)> run;  // safe beside its copies: every replica runs it
    bool at_start = true;                        // also once when the process starts
};

}  // namespace safargo::platform
