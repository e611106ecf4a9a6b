// The socket of one connection in Asio, with a timer that limits its waits.
#pragma once

#include "core/task.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <memory>

namespace safargo::db {

class Wire {
public:
    using Time = std::chrono::steady_clock::time_point;
    struct Expired {};  // thrown by a wait that exceeded its time limit

    explicit Wire(const boost::asio::any_io_executor& executor);
    ~Wire();
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;

    // Watches a duplicate: libpq closes and replaces its socket at will, and the descriptor that Asio still watches
    // could then be reused for something else.
    void watch(int socket);
    void unwatch();

    // From now on every wait ends at this time, until disarmed.
    void expire_at(Time time);
    void disarm();
    void interrupt();  // the wait in progress throws operation_aborted

    Task<void> readable();
    Task<void> writable();
    Task<void> readable_or_writable();

    // The state of the socket, without waiting.
    enum class Pending { nothing, bytes, closed };
    Pending peek() const;

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace safargo::db
