// The thread of what follows: the outbox, deadlines, overdue trips, pruning, the nightly proof of the books.
#pragma once

#include "app/shared.hpp"
#include "jobs/runner.hpp"
#include "platform/health_check.hpp"

#include <vector>

namespace safargo::app {

struct JobThread {
    jobs::Runner runner;
    std::vector<platform::HealthCheck> health_checks;  // of its modules and adapters, while the runner lives
};

// Modules of its own, as every thread has. Throws what makes a start impossible.
JobThread make_job_thread(Shared& shared);

}  // namespace safargo::app
