// The wake-ups of this process: through Redis if it is configured, otherwise, and where Redis fails, through
// PostgreSQL.
#pragma once

#include "adapters/postgres/wakeups.hpp"
#include "adapters/redis/wakeups.hpp"
#include "config/config.hpp"

#include <boost/asio/io_context.hpp>

#include <memory>

namespace safargo::app {

class ReplicaWakeups final : public Wakeups {
public:
    // On the thread of `database`, which must outlive it.
    ReplicaWakeups(boost::asio::io_context& context, db::Database& database, const Config& config);

    void start();
    void stop();  // on the thread

    void publish(std::string payload) override;
    void listen(Listener listener) override;

    // What belongs to the database's own changes does not depend on Redis.
    Wakeups& by_database() { return by_database_; }

private:
    boost::asio::io_context& context_;
    postgres::NotifyWakeups by_database_;
    std::unique_ptr<redis::PubSubWakeups> by_redis_;  // null: not configured
};

}  // namespace safargo::app
