#include "app/replica_wakeups.hpp"

#include "app/redis_options.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <utility>

namespace safargo::app {
namespace {

constexpr const char* channel = "safargo_wakeups";

void spawn(boost::asio::io_context& context, local::WakeupRelay& relay) {
    boost::asio::co_spawn(context, relay.hear(), boost::asio::detached);
    boost::asio::co_spawn(context, relay.send_published(), boost::asio::detached);
}

}  // namespace

ReplicaWakeups::ReplicaWakeups(boost::asio::io_context& context, db::Database& database, const Config& config)
    : context_(context),
      by_database_(context.get_executor(), database, {.url = config.database_direct_url, .channel = channel}) {
    if (config.redis_url.empty()) return;
    by_redis_ =
        std::make_unique<redis::PubSubWakeups>(context.get_executor(), redis_options(config), channel, by_database_);
}

void ReplicaWakeups::start() {
    spawn(context_, by_database_);
    if (by_redis_) spawn(context_, *by_redis_);
}

void ReplicaWakeups::stop() {
    if (by_redis_) by_redis_->close();
    by_database_.close();
}

void ReplicaWakeups::publish(std::string payload) {
    if (by_redis_) return by_redis_->publish(std::move(payload));
    by_database_.publish(std::move(payload));
}

void ReplicaWakeups::listen(Listener listener) {
    by_database_.listen(listener);
    if (by_redis_) by_redis_->listen(std::move(listener));
}

}  // namespace safargo::app
