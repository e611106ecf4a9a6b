#include "app/thread_platform.hpp"

#include "app/database_metrics.hpp"

namespace safargo::app {
namespace {

db::Options database_options(const Config& config, std::size_t connections, std::string name) {
    db::Options options;
    options.url = config.database_url;
    options.pool_size = connections;
    options.application_name = std::move(name);
    observe(options);
    return options;
}

}  // namespace

ThreadPlatform::ThreadPlatform(Shared& shared, boost::asio::any_io_executor executor, std::size_t connections,
                               std::string name)
    : database_(executor, database_options(shared.config, connections, name)),
      vendor_database_(executor, database_options(shared.config, 2, name)),
      adapters_(shared, executor, database_, vendor_database_),
      platform_{.database = database_,
                .open_database =
                    [executor](db::Options options) {
                        observe(options);
                        return std::make_unique<db::Database>(executor, std::move(options));
                    },
                .config = shared.config,
                .clock = shared.clock,
                .keys = shared.keys,
                .cursors = shared.cursors,
                .limiter = adapters_.limiter(),
                .messengers = adapters_.messengers(),
                .push_key = adapters_.push_key(),
                .delivery_reporters = adapters_.delivery_reporters(),
                .sandbox = adapters_.sandbox(),
                .stripe = adapters_.stripe(),
                .stripe_notices = adapters_.stripe_notices(),
                .objects = adapters_.objects(),
                .pictures = &adapters_.pictures(),
                .place_index = adapters_.place_index(),
                .cache = adapters_.cache(),
                .wakeups = shared.wakeups,
                .gazetteer = shared.gazetteer,
                .roads = shared.roads,
                .index = shared.index} {}

}  // namespace safargo::app
