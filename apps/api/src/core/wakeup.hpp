// A signal that one coroutine waits for, on one thread.
#pragma once

#include "core/task.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>

namespace safargo {

class Wakeup {
public:
    explicit Wakeup(const boost::asio::any_io_executor& executor) : timer_(executor) {}

    // Returns when rung, at once if rung since the last wait, or after `at_most`.
    Task<void> wait(std::chrono::milliseconds at_most);
    void ring();

private:
    boost::asio::steady_timer timer_;
    bool rung_ = false;
};

}  // namespace safargo
