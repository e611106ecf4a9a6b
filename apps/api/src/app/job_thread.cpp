#include "app/job_thread.hpp"

#include "app/database_metrics.hpp"
#include "app/thread_services.hpp"
#include "features/ledger/nightly_proof.hpp"
#include "features/search/trip_feed.hpp"
#include "jobs/standard_jobs.hpp"

namespace safargo::app {
namespace {

// Connections of the services that jobs and outbox handlers use; the dispatcher has its own.
constexpr std::size_t service_connections = 4;
constexpr const char* jobs_name = "safargo-jobs";
constexpr std::size_t dispatcher_connections = 3;

class Trips final : public jobs::TripCloser {
public:
    explicit Trips(trips::TripLifecycle& trips) : trips_(trips) {}
    Task<void> close_overdue(Instant now) override { co_await trips_.complete_overdue(now); }

private:
    trips::TripLifecycle& trips_;
};

Task<void> prove_books(db::Database& database, Instant now) {
    co_await ledger::prove_by_night(database, now);
}

// The direct address: a proof is one long transaction under an advisory lock.
db::Options proof_options(const Config& config) {
    db::Options options;
    options.url = config.database_direct_url;
    options.pool_size = 2;  // whose turn it is, and the snapshot
    options.statement_timeout = ledger::proof_limit;
    options.application_name = "safargo-proof";
    observe(options);
    return options;
}

// Everything the jobs refer to, for the life of their thread.
struct JobServices {
    JobServices(Shared& shared, boost::asio::io_context& context, db::Database& jobs_database)
        : services(shared, context.get_executor(), service_connections, jobs_name),
          proof_database(context.get_executor(), proof_options(shared.config)),
          closer(services.trip_lifecycle()),
          sources{.database = jobs_database,
                  .holds = services.overdue_holds(),
                  .trips = closer,
                  .prune_trip_changes =
                      [&jobs_database](Instant now) { return search::prune_trip_changes(jobs_database, now); },
                  .prove_ledger = [this](Instant now) { return prove_books(proof_database, now); }} {
        ledger::register_proof_metrics();
    }

    ThreadServices services;
    db::Database proof_database;
    Trips closer;
    jobs::JobSources sources;
};

jobs::Work work_of(Shared& shared, boost::asio::io_context& context, db::Database& database) {
    auto services = std::make_shared<JobServices>(shared, context, database);
    return {.jobs = jobs::standard_jobs(services->sources),
            .routes = services->services.outbox_routes(),
            .services = services};
}

jobs::RunnerOptions runner_options(const Config& config) {
    jobs::RunnerOptions options;
    options.database.url = config.database_url;
    options.database.pool_size = dispatcher_connections;
    options.database.application_name = jobs_name;
    observe(options.database);
    return options;
}

}  // namespace

jobs::Runner make_job_thread(Shared& shared) {
    return jobs::Runner(runner_options(shared.config), shared.clock,
                        [&shared](boost::asio::io_context& context, db::Database& database) {
                            return work_of(shared, context, database);
                        });
}

}  // namespace safargo::app
