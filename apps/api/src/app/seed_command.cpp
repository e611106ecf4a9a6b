#include "app/commands.hpp"
#include "config/config.hpp"
#include "seed/seed.hpp"
#include "seed/world.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <unistd.h>

#include <cstdio>

namespace safargo::app {
namespace {

// On a terminal one line that updates; otherwise a line per finished step, and per part of a step with few parts: the
// indexes of a large world take a minute each, and the log should show progress.
void show(std::string_view step, std::size_t done, std::size_t total) {
    constexpr std::size_t few = 20;
    const bool terminal = isatty(STDOUT_FILENO) == 1;
    const bool finished = done == total;
    if (!terminal && !finished && total > few) return;
    std::printf("%s%.*s: %zu/%zu%s", terminal ? "\r" : "", static_cast<int>(step.size()), step.data(), done, total,
                finished || !terminal ? "\n" : "");
    std::fflush(stdout);
}

void show_reference(const seed::SeedReport& report) {
    if (report.up_to_date) {
        std::puts("Algeria is already loaded");
        return;
    }
    std::printf("Algeria: %zu wilayas, %zu communes, %zu places added or changed\n", report.wilayas, report.communes,
                report.places);
}

void show_accounts(const std::vector<seed::DemoAccount>& accounts) {
    std::puts("\nDemo accounts");
    for (const seed::DemoAccount& account : accounts) {
        std::printf("  %-10s %-22s %s\n", account.role.c_str(), account.name.c_str(), account.phone.c_str());
    }
}

void show_demo(const seed::DemoReport& report) {
    std::printf("Demo: %zu drivers, %zu trips added, %zu open trips in the next 30 days\n", report.drivers,
                report.added_trips, report.open_trips);
    show_accounts(report.accounts);
    std::printf("  %s\n", report.sign_in.c_str());
}

void show_world(const seed::WorldReport& report, const seed::WorldOptions& options) {
    std::printf("World: %zu drivers, %zu open trips from %s on, seed %llu\n", report.drivers, report.trips,
                format_instant(options.start).c_str(), static_cast<unsigned long long>(options.seed));
    show_accounts(report.accounts);
}

Task<void> fill(db::Database& database, const Config& config, SeedOptions options, Instant start) {
    show_reference(co_await seed::load_reference(database, config.data_dir, show));
    if (!options.demo && options.world == 0) co_return;
    const SystemClock clock;
    const geo::RoadGraph roads = geo::RoadGraph::load(config.data_dir);
    const geo::Gazetteer gazetteer = geo::Gazetteer::load(config.data_dir);
    if (options.demo) {
        show_demo(co_await seed::load_demo(database,
                                           {.trips = options.trips, .seed = options.seed, .data_dir = config.data_dir},
                                           clock, roads, gazetteer, show));
        co_return;
    }
    const seed::WorldOptions world{.trips = options.world,
                                   .seed = options.seed,
                                   .start = start,
                                   .ways = options.ways,
                                   .data_dir = config.data_dir};
    show_world(co_await seed::load_world(database, world, roads, gazetteer, show), world);
}

// Each index over millions of rows is built by one statement.
std::chrono::minutes longest_statement(const SeedOptions& options) {
    return std::chrono::minutes{options.world > 0 ? 60 : 2};
}

std::optional<Instant> start_of(const SeedOptions& options) {
    if (options.start.empty()) return SystemClock().now();
    const auto start = parse_instant(options.start);
    return start ? std::optional(*start) : std::nullopt;
}

int refuse(const char* reason) {
    std::fprintf(stderr, "safargo-api: %s\n", reason);
    return 2;
}

}  // namespace

int run_seed(const SeedOptions& options) {
    auto config = read_command_config();
    if (!config) return 2;
    if ((options.demo || options.world > 0) && !config->development()) {
        return refuse("--demo and --world are for development only (SAFARGO_ENV=development)");
    }
    const std::optional<Instant> start = start_of(options);
    if (!start) return refuse("--start must be a time such as 2026-12-01T06:00:00Z");
    boost::asio::io_context context;
    db::Options database_options;
    database_options.url = config->database_direct_url;
    database_options.pool_size = 2;
    database_options.statement_timeout = longest_statement(options);
    db::Database database(context.get_executor(), database_options);
    std::exception_ptr failure;
    boost::asio::co_spawn(context, fill(database, *config, options, *start),
                          [&failure](std::exception_ptr thrown) { failure = thrown; });
    context.run();
    if (failure) std::rethrow_exception(failure);
    return 0;
}

}  // namespace safargo::app
