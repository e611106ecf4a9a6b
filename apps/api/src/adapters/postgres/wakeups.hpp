// Wakes replicas by PostgreSQL's LISTEN and NOTIFY, outside of all business transactions: a NOTIFY inside one would
// serialise its commit with all others.
#pragma once

#include "adapters/local/wakeup_relay.hpp"
#include "db/database.hpp"
#include "db/listener.hpp"

#include <string>

namespace safargo::postgres {

class NotifyWakeups final : public local::WakeupRelay {
public:
    // `database`, of the same thread, must outlive it; `listener` names the channel.
    NotifyWakeups(boost::asio::any_io_executor executor, db::Database& database, db::ListenerOptions listener);

private:
    Task<void> transmit(std::vector<std::string> payloads) override;
    Task<std::string> next() override { return listener_.next(); }
    void stop_hearing() override { listener_.close(); }

    db::Database& database_;
    std::string channel_;
    db::Listener listener_;
};

}  // namespace safargo::postgres
