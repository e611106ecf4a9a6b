// The connections of one thread: at most pool_size, opened on demand, granted in order of request.
#pragma once

#include "core/task.hpp"
#include "db/connection.hpp"
#include "db/database.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace safargo::db {

// A borrowed connection; returns to the pool on destruction, whatever its state.
class Lease {
public:
    Lease(std::shared_ptr<Pool> pool, std::unique_ptr<Connection> connection);
    Lease(Lease&&) noexcept = default;
    Lease& operator=(Lease&&) = delete;
    ~Lease();

    Connection& connection() { return *connection_; }
    Pool& pool() { return *pool_; }
    // Connection::exchange, with metrics.
    Task<Reply> exchange(std::string opening, std::span<const Bound> statements);

private:
    std::shared_ptr<Pool> pool_;
    std::unique_ptr<Connection> connection_;
};

class Pool : public std::enable_shared_from_this<Pool> {
public:
    Pool(boost::asio::any_io_executor executor, Options options);
    ~Pool();
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    // Throws DependencyUnavailable after pool_wait, or at once if the database refuses connections.
    Task<Lease> acquire();

    // One round trip on its own. While every connection is busy, waiting round trips share the next one: a few leave as
    // one batch, each with its own Sync.
    Task<Reply> run(std::span<const Bound> statements);

    void give_back(std::unique_ptr<Connection> connection);
    void forget_prepared();  // after a migration changed what idle connections had prepared
    void drop_idle();        // after the server stopped answering: the others will not answer either
    void close();
    PoolStatus status() const;
    const Options& options() const { return options_; }
    const boost::asio::any_io_executor& executor() const { return executor_; }

private:
    using Time = std::chrono::steady_clock::time_point;
    struct Waiter;
    class Turn;
    class Slot;

    // None: another batch has answered `round`.
    Task<std::optional<Lease>> acquire_or_join(std::optional<Round>& round);
    std::unique_ptr<Connection> take_idle();
    Task<std::unique_ptr<Connection>> wait_for_turn(Time deadline, std::optional<Round>& round, bool& answered);
    Task<std::unique_ptr<Connection>> connect(Time deadline);
    std::shared_ptr<Waiter> next_waiter();
    std::vector<std::shared_ptr<Waiter>> take_batch();
    Task<void> run_batch(std::unique_ptr<Connection> connection, std::vector<std::shared_ptr<Waiter>> members);
    void observe(const Round& round, Time since) const;
    void release_slot();
    void remember_failure(const std::string& reason);
    void report_status() const;

    boost::asio::any_io_executor executor_;
    Options options_;
    std::vector<std::unique_ptr<Connection>> idle_;
    std::deque<std::shared_ptr<Waiter>> waiters_;
    std::size_t open_ = 0;  // idle, borrowed, and being opened
    Time failing_until_{};
    std::string failure_;
    bool closed_ = false;
};

}  // namespace safargo::db
