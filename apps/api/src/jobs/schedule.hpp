// Periodic jobs, run at multiples of their period on the clock, without jitter, so that tests can predict what runs.
// Every replica runs all of them; each job is safe to run concurrently.
#pragma once

#include "platform/job.hpp"

#include <string>
#include <vector>

namespace safargo::jobs {

using platform::Job;

class Schedule {
public:
    explicit Schedule(std::vector<Job> jobs);

    // Runs every due job in turn. An exception is logged and does not stop the others. Returns the names of the jobs
    // that ran.
    Task<std::vector<std::string>> run_once(Instant now);

    Instant next_due() const;  // the epoch before the first run_once

private:
    struct Entry {
        Job job;
        Instant due;
    };
    std::vector<Entry> entries_;
    bool started_ = false;
};

}  // namespace safargo::jobs
