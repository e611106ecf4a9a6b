// The periodic jobs of SafarGo.
#pragma once

#include "db/database.hpp"
#include "features/bookings/overdue_holds.hpp"
#include "jobs/schedule.hpp"

#include <functional>
#include <vector>

namespace safargo::jobs {

// Trips nobody closed: 12 h after the planned arrival they complete if anyone boarded, otherwise they are cancelled.
class TripCloser {
public:
    virtual ~TripCloser() = default;
    virtual Task<void> close_overdue(Instant now) = 0;
};

struct JobSources {
    db::Database& database;
    bookings::OverdueHolds& holds;
    TripCloser& trips;
    std::function<Task<void>(Instant)> prune_trip_changes;  // the search feed's own
    std::function<Task<void>(Instant)> prove_ledger;        // minutes, on a database of its own
};

// `sources` must outlive the jobs.
std::vector<Job> standard_jobs(const JobSources& sources);

}  // namespace safargo::jobs
