#include "app/job_thread.hpp"

#include "app/database_metrics.hpp"
#include "app/modules.hpp"
#include "app/thread_platform.hpp"
#include "jobs/sound_subscriptions.hpp"
#include "jobs/standard_jobs.hpp"

namespace safargo::app {
namespace {

// Connections for the services used by jobs and outbox handlers; the dispatcher has its own.
constexpr std::size_t service_connections = 4;
constexpr const char* jobs_name = "safargo-jobs";
constexpr std::size_t dispatcher_connections = 3;

// Everything the jobs use, for the life of their thread.
struct JobServices {
    JobServices(Shared& shared, const boost::asio::any_io_executor& executor)
        : parts(shared, executor, service_connections, jobs_name),
          modules(make_working_modules(parts.platform(), shared)) {}

    std::vector<platform::HealthCheck> health_checks() {
        std::vector<platform::HealthCheck> checks = parts.adapters().health_checks();
        for (platform::HealthCheck& check : modules.health_checks()) checks.push_back(std::move(check));
        return checks;
    }

    ThreadPlatform parts;
    ModuleList modules;
};

jobs::Work work_of(std::shared_ptr<JobServices> services, db::Database& database) {
    std::vector<jobs::Job> all = services->modules.jobs();
    for (jobs::Job& job : services->parts.adapters().jobs()) all.push_back(std::move(job));
    for (jobs::Job& job : jobs::standard_jobs(database, services->modules.pruning_rules())) {
        all.push_back(std::move(job));
    }
    db::Subscriptions subscriptions = services->modules.subscriptions();
    jobs::require_sound(db::declared_kinds(), subscriptions);
    return {.jobs = std::move(all), .subscriptions = std::move(subscriptions), .services = services};
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

JobThread make_job_thread(Shared& shared) {
    std::vector<platform::HealthCheck> checks;
    const auto factory = [&](boost::asio::io_context& context, db::Database& database) {
        auto services = std::make_shared<JobServices>(shared, context.get_executor());
        checks = services->health_checks();
        return work_of(std::move(services), database);
    };
    return {.runner = jobs::Runner(runner_options(shared.config), shared.clock, factory),
            .health_checks = std::move(checks)};
}

}  // namespace safargo::app
