// Work that comes back: jobs run at multiples of their period on the clock, without jitter, so a test that names the
// time knows what runs. Every replica runs them all; each job is safe beside its copies.
#pragma once

#include "platform/job.hpp"

#include <string>
#include <vector>

namespace safargo::jobs {

using platform::Job;

class Schedule {
public:
    explicit Schedule(std::vector<Job> jobs);

    // Every job that is due, one after the other. What one throws is logged and does not keep the others.
    // Answers the names of those that ran.
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
