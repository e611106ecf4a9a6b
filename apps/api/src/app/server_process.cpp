#include "app/server_process.hpp"

#include "api/openapi.hpp"
#include "app/health.hpp"
#include "app/job_thread.hpp"
#include "app/modules.hpp"
#include "app/operations_routes.hpp"
#include "app/search_thread.hpp"
#include "app/thread_platform.hpp"
#include "core/logging.hpp"
#include "features/media/service.hpp"
#include "http/server.hpp"
#include "seed/seed.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <algorithm>
#include <csignal>

namespace safargo::app {
namespace {

namespace asio = boost::asio;

std::size_t connections_per_thread(const Config& config) {
    return std::max<std::size_t>(2, config.db_pool_size / config.threads);
}

// Files open besides client connections: the database (docs/configuration.md has the sum), a few per event loop, and
// the program's own.
std::size_t reserved_files(const Config& config) {
    constexpr std::size_t follower_and_jobs = 14, sandbox = 2, loop = 6, own = 32, redis_nodes = 16,
                          s3_connections = 18, stripe_connections = 18;
    const std::size_t threads = config.threads + 2;
    const std::size_t redis = config.redis_url.empty() ? 0 : threads * redis_nodes;
    const std::size_t s3 = config.s3_region.empty() ? 0 : threads * s3_connections;
    const std::size_t stripe = config.stripe_secret_key.empty() ? 0 : threads * stripe_connections;
    return own + redis + s3 + stripe + follower_and_jobs + config.threads * connections_per_thread(config) +
           threads * (sandbox + loop);
}

http::ServerOptions server_options(const Config& config) {
    http::ServerOptions options;
    options.bind = config.bind;
    options.port = config.port;
    options.threads = config.threads;
    options.cors_origins = config.cors_origins;
    options.trusted_proxies = config.trusted_proxies;
    options.max_connections_per_client = config.connections_per_client;
    options.reserved_files = reserved_files(config);
    options.drain_delay = config.drain_delay;
    options.rate_limit_per_ip = config.rate_limit_ip;
    options.development = config.development();
    return options;
}

// The parts of a serving thread.
struct ServingThread {
    ServingThread(Shared& shared, asio::any_io_executor executor, std::size_t connections)
        : parts(shared, executor, connections),
          modules(parts.platform(), shared),
          runtime{.database = parts.platform().database,
                  .authenticator = modules.authenticator,
                  .limiter = parts.platform().limiter,
                  .clock = shared.clock,
                  .committed = shared.committed,
                  .rate_limit_per_user = shared.config.rate_limit_user,
                  .pictures = media::picture_links(parts.platform().objects),
                  .answers = api::Answers(shared.keys.derive("idempotency"))} {}

    ThreadPlatform parts;
    ServingModules modules;
    api::Runtime runtime;
};

http::ThreadApp thread_app(Shared& shared, const HealthMonitor& monitor, std::shared_ptr<const std::string> openapi,
                           asio::io_context& context) {
    auto thread =
        std::make_shared<ServingThread>(shared, context.get_executor(), connections_per_thread(shared.config));
    http::ThreadApp app{.router = {}, .limiter = &thread->parts.adapters().limiter(), .services = thread};
    api::Endpoints endpoints(app.router, thread->runtime);
    thread->modules.all.add_routes(endpoints);
    const api::Gate gate = api::token_gate(thread->runtime);
    add_health_routes(app.router, monitor, shared.readiness, gate);
    add_metrics_route(app.router, shared.config.metrics_token);
    const bool development = shared.config.development();
    add_docs_routes(app.router, std::move(openapi),
                    development ? seed::demo_accounts() : std::vector<seed::DemoAccount>(), gate);
    if (development) {
        thread->parts.adapters().add_development_routes(app.router);
        thread->modules.all.add_development_routes(app.router);
    }
    return app;
}

std::string contract_document(Shared& shared) {
    asio::io_context context;
    ServingThread thread(shared, context.get_executor(), 1);
    http::Router router;
    api::Endpoints endpoints(router, thread.runtime);
    thread.modules.all.add_routes(endpoints);
    return api::openapi_document(endpoints, version());
}

std::vector<platform::HealthCheck> all_checks(const SearchThread& search, const JobThread& jobs) {
    std::vector<platform::HealthCheck> checks{search.database_check()};
    checks.insert(checks.end(), jobs.health_checks.begin(), jobs.health_checks.end());
    checks.push_back(search.index_check());
    return checks;
}

void wait_for_signal() {
    asio::io_context context;
    asio::signal_set signals(context, SIGTERM, SIGINT);
    signals.async_wait([](boost::system::error_code, int number) {
        log::info("stopping", {{"signal", static_cast<long long>(number)}});
    });
    context.run();
}

// Ends the background threads before anything they use is destroyed, also when the start fails half-way.
class Background {
public:
    Background(SearchThread& search, jobs::Runner& jobs) : search_(search), jobs_(jobs) {}
    Background(const Background&) = delete;
    Background& operator=(const Background&) = delete;
    ~Background() { stop(); }

    void start() {
        search_.start();
        jobs_.start();
    }
    void stop() {
        jobs_.stop();
        search_.stop();
    }

private:
    SearchThread& search_;
    jobs::Runner& jobs_;
};

}  // namespace

std::string version() {
    return SAFARGO_VERSION;
}

std::string contract_document(Config config) {
    Shared shared(std::move(config));
    return contract_document(shared);
}

void serve(Config config) {
    log::set_level(config.log_level);
    for (const std::string& group : config.incomplete_groups) {
        log::warning("configuration_incomplete", {{"what", std::string_view(group)}});
    }
    Shared shared(std::move(config));
    SearchThread search(shared);
    shared.wakeups = &search.wakeups();
    JobThread jobs = make_job_thread(shared);
    shared.committed = [&search, &jobs] {
        search.committed();
        jobs.runner.wake();
    };
    const HealthMonitor monitor(version(), all_checks(search, jobs));
    Background background(search, jobs.runner);
    const auto openapi = std::make_shared<const std::string>(contract_document(shared));

    http::Server server(
        server_options(shared.config),
        [&](asio::io_context& context, unsigned) { return thread_app(shared, monitor, openapi, context); },
        shared.readiness);
    background.start();
    server.start();
    shared.readiness.set_ready();
    log::info("listening", {{"port", static_cast<long long>(server.port())},
                            {"threads", static_cast<long long>(shared.config.threads)}});

    wait_for_signal();
    server.drain();
    server.stop();
    background.stop();
    log::info("stopped");
}

}  // namespace safargo::app
