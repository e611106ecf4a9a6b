// A periodic job declared by a module and run by jobs/runner.
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
    std::function<Task<void>(Instant now)> run;  // runs on every replica, so it must be safe beside its copies
    bool at_start = true;                        // also runs once at process start
};

}  // namespace safargo::platform
