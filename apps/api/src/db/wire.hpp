// The socket of one connection as Asio sees it, and the clock that cuts its waits short.
#pragma once

#include "core/task.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <memory>

namespace safargo::db {

class Wire {
public:
    using Time = std::chrono::steady_clock::time_point;
    struct Expired {};  // thrown by a wait that lasted beyond the time set

    explicit Wire(const boost::asio::any_io_executor& executor);
    ~Wire();
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;

    // Watches a duplicate: libpq closes and replaces its socket as it likes, and a number that Asio still watches
    // would then be somebody else's.
    void watch(int socket);
    void unwatch();

    // From now on every wait ends at this time, until disarmed.
    void expire_at(Time time);
    void disarm();
    void interrupt();  // the wait under way throws operation_aborted

    Task<void> readable();
    Task<void> writable();
    Task<void> readable_or_writable();

    // Looks without waiting.
    enum class Pending { nothing, bytes, closed };
    Pending peek() const;

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace safargo::db
