#include "app/job_thread.hpp"

#include "app/database_metrics.hpp"
#include "app/thread_services.hpp"
#include "core/logging.hpp"
#include "core/metrics.hpp"
#include "features/ledger/service.hpp"
#include "features/search/trip_feed.hpp"
#include "jobs/standard_jobs.hpp"

namespace safargo::app {
namespace {

// Connections of the services that jobs and outbox handlers use; the dispatcher has its own.
constexpr std::size_t service_connections = 4;
constexpr std::size_t dispatcher_connections = 3;

class Trips final : public jobs::TripCloser {
public:
    explicit Trips(trips::TripService& trips) : trips_(trips) {}
    Task<void> close_overdue(Instant now) override { co_await trips_.complete_overdue(now); }

private:
    trips::TripService& trips_;
};

Task<void> prove_books(db::Database& database) {
    static const auto found =
        metrics::gauge("safargo_ledger_discrepancies", "What the last proof of the books found wrong");
    const std::vector<std::string> discrepancies = co_await ledger::prove(database);
    found.set(static_cast<double>(discrepancies.size()));
    for (const std::string& discrepancy : discrepancies) log::error("ledger_discrepancy", {{"what", discrepancy}});
    if (discrepancies.empty()) log::info("ledger_proven");
}

// Everything the jobs refer to, for the life of their thread.
struct JobServices {
    JobServices(Shared& shared, boost::asio::io_context& context, db::Database& jobs_database)
        : services(shared, context.get_executor(), service_connections),
          closer(services.trips()),
          sources{.database = jobs_database,
                  .holds = services.overdue_holds(),
                  .trips = closer,
                  .prune_trip_changes =
                      [&jobs_database](Instant now) { return search::prune_trip_changes(jobs_database, now); },
                  .prove_ledger = [&jobs_database](Instant) { return prove_books(jobs_database); }} {}

    ThreadServices services;
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
    options.database.application_name = "safargo-jobs";
    options.database.on_statement = observe_statement;
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
