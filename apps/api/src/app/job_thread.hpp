// The thread of what follows: the outbox, deadlines, overdue trips, pruning, the nightly proof of the books.
#pragma once

#include "app/shared.hpp"
#include "jobs/runner.hpp"

namespace safargo::app {

// Services of its own, as every thread has. Throws what makes a start impossible.
jobs::Runner make_job_thread(Shared& shared);

}  // namespace safargo::app
