// Wakes replicas by PostgreSQL's LISTEN and NOTIFY, outside of all business transactions: a NOTIFY inside one would
// serialise its commit with all others.
#pragma once

#include "core/wakeup.hpp"
#include "db/database.hpp"
#include "db/listener.hpp"
#include "ports/wakeups.hpp"

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace safargo::postgres {

class NotifyWakeups final : public Wakeups {
public:
    static constexpr std::chrono::milliseconds interval{5};  // what is published in it travels together, each once
    static constexpr std::size_t most_waiting = 4'096;       // payloads; more are told as one "some were missed"

    // `database`, of the same thread, must outlive it. A channel of `listener`'s database.
    NotifyWakeups(boost::asio::any_io_executor executor, db::Database& database, db::ListenerOptions listener);

    void publish(std::string payload) override;
    void listen(Listener listener) override;

    // Both run until close(), on the executor.
    Task<void> send_published();
    Task<void> hear();
    void close();  // on the executor

private:
    std::vector<std::string> take_waiting();
    void call_listeners(std::string_view payload);
    Task<void> rest(std::chrono::milliseconds time);

    boost::asio::any_io_executor executor_;
    db::Database& database_;
    std::string channel_;
    db::Listener listener_;
    Wakeup bell_;
    std::atomic<bool> closed_ = false;

    std::mutex mutex_;
    std::set<std::string> waiting_;
    std::vector<std::shared_ptr<const Listener>> listeners_;
};

}  // namespace safargo::postgres
