#include "app/commands.hpp"
#include "config/config.hpp"
#include "seed/seed.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <unistd.h>

#include <cstdio>

namespace safargo::app {
namespace {

// On a terminal a line that moves; elsewhere a line per finished step.
void show(std::string_view step, std::size_t done, std::size_t total) {
    const bool terminal = isatty(STDOUT_FILENO) == 1;
    const bool finished = done == total;
    if (!terminal && !finished) return;
    std::printf("%s%.*s: %zu/%zu%s", terminal ? "\r" : "", static_cast<int>(step.size()), step.data(), done, total,
                finished || !terminal ? "\n" : "");
    std::fflush(stdout);
}

void show_reference(const seed::SeedReport& report) {
    if (report.up_to_date) {
        std::puts("Algeria is loaded already");
        return;
    }
    std::printf("Algeria: %zu wilayas, %zu communes, %zu places added or changed\n", report.wilayas, report.communes,
                report.places);
}

void show_demo(const seed::DemoReport& report) {
    std::printf("Demo: %zu drivers, %zu trips added, %zu open in the next 30 days\n\n", report.drivers,
                report.added_trips, report.open_trips);
    std::puts("Demo accounts");
    for (const seed::DemoAccount& account : report.accounts) {
        std::printf("  %-10s %-22s %s\n", account.role.c_str(), account.name.c_str(), account.phone.c_str());
    }
    std::printf("  %s\n", report.sign_in.c_str());
}

Task<void> fill(db::Database& database, const Config& config, SeedOptions options) {
    show_reference(co_await seed::load_reference(database, config.data_dir, show));
    if (!options.demo) co_return;
    const SystemClock clock;
    const geo::RoadGraph roads = geo::RoadGraph::load(config.data_dir);
    const geo::Gazetteer gazetteer = geo::Gazetteer::load(config.data_dir);
    show_demo(co_await seed::load_demo(database,
                                       {.trips = options.trips, .seed = options.seed, .data_dir = config.data_dir},
                                       clock, roads, gazetteer, show));
}

}  // namespace

int run_seed(const SeedOptions& options) {
    auto config = read_command_config();
    if (!config) return 2;
    if (options.demo && !config->development()) {
        std::fputs("safargo-api: the demo is for development only (SAFARGO_ENV=development)\n", stderr);
        return 2;
    }
    boost::asio::io_context context;
    db::Options database_options;
    database_options.url = config->database_direct_url;
    database_options.pool_size = 2;
    database_options.statement_timeout = std::chrono::minutes{2};
    db::Database database(context.get_executor(), database_options);
    std::exception_ptr failure;
    boost::asio::co_spawn(context, fill(database, *config, options),
                          [&failure](std::exception_ptr thrown) { failure = thrown; });
    context.run();
    if (failure) std::rethrow_exception(failure);
    return 0;
}

}  // namespace safargo::app
