#include "adapters/opensearch/place_index.hpp"
#include "app/commands.hpp"
#include "config/config.hpp"
#include "contract/json.hpp"
#include "db/database.hpp"
#include "features/places/index_keeper.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <unistd.h>

#include <cstdio>
#include <exception>

namespace safargo::app {
namespace {

// On a terminal one line that updates.
void show(std::size_t done, std::size_t total) {
    const bool terminal = isatty(STDOUT_FILENO) == 1;
    std::printf("%splaces and towns: %zu/%zu%s", terminal ? "\r" : "", done, total,
                done == total || !terminal ? "\n" : "");
    std::fflush(stdout);
}

void show_nothing(std::size_t, std::size_t) {}

void show_report(const places::RebuildReport& report, bool json) {
    if (json) {
        std::printf("{\"documents\":%zu}\n", report.documents);
    } else {
        std::printf("The index is rebuilt: %zu documents\n", report.documents);
    }
}

Task<void> rebuild(places::IndexKeeper& keeper, bool json) {
    show_report(co_await keeper.rebuild(json ? show_nothing : show), json);
}

}  // namespace

int run_places_index(const PlacesIndexOptions& options) {
    const auto config = read_command_config();
    if (!config) return 2;
    if (config->opensearch_url.empty()) {
        std::fputs("safargo-api: OPENSEARCH_URL is not set: PostgreSQL searches and needs no index\n", stderr);
        return 2;
    }
    boost::asio::io_context context;
    db::Options database_options;
    database_options.url = config->database_direct_url;
    database_options.pool_size = 1;
    database_options.application_name = "safargo-places-index";
    db::Database database(context.get_executor(), database_options);
    net::VendorStatus status{false};
    opensearch::OpenSearchPlaces index(context.get_executor(), {.ca_file = config->ca_file},
                                       opensearch::Endpoint::parse(config->opensearch_url), status);
    places::IndexKeeper keeper(database, &index);
    std::exception_ptr failure;
    // Kept connections would keep the context at work.
    boost::asio::co_spawn(context, rebuild(keeper, options.json), [&](std::exception_ptr thrown) {
        failure = thrown;
        context.stop();
    });
    context.run();
    if (failure) std::rethrow_exception(failure);
    return 0;
}

}  // namespace safargo::app
