// The background thread: outbox, deadlines, overdue trips, pruning, the nightly ledger check.
#pragma once

#include "app/shared.hpp"
#include "jobs/runner.hpp"
#include "platform/health_check.hpp"

#include <vector>

namespace safargo::app {

struct JobThread {
    jobs::Runner runner;
    std::vector<platform::HealthCheck> health_checks;  // of its modules and adapters; valid while the runner lives
};

// Builds modules of its own, as every thread does. Throws if the process cannot start.
JobThread make_job_thread(Shared& shared);

}  // namespace safargo::app
