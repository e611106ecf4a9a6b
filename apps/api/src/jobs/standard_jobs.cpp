#include "jobs/standard_jobs.hpp"

#include "jobs/outbox_watch.hpp"
#include "jobs/pruning.hpp"

namespace safargo::jobs {
namespace {

using namespace std::chrono_literals;

Task<void> expire_holds(bookings::OverdueHolds& holds, Instant now) {
    co_await holds.expire_all(now);
}

Task<void> prune_served(db::Database& database, Instant now) {
    co_await prune(database, now);
}

}  // namespace

std::vector<Job> standard_jobs(const JobSources& sources) {
    return {
        {"expire_holds", 1s, [&sources](Instant now) { return expire_holds(sources.holds, now); }},
        {"close_trips", 60s, [&sources](Instant now) { return sources.trips.close_overdue(now); }},
        {"prune_trip_changes", 60s, sources.prune_trip_changes},
        {"watch_outbox", 60s, [&sources](Instant now) { return watch_outbox(sources.database, now); }},
        {"prune_served", 3600s, [&sources](Instant now) { return prune_served(sources.database, now); }},
        {"prove_ledger", 24h, sources.prove_ledger, false},
    };
}

}  // namespace safargo::jobs
