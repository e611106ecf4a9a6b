// An event that any number of coroutines of one thread wait for.
#pragma once

#include "core/task.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <memory>
#include <vector>

namespace safargo::redis {

class Bell {
public:
    explicit Bell(boost::asio::any_io_executor executor) : executor_(std::move(executor)) {}

    // Returns when it rings or at that time. Throws operation_aborted if cancelled. The bell must outlive the wait.
    Task<void> wait(std::chrono::steady_clock::time_point at_most);
    void ring();

private:
    boost::asio::any_io_executor executor_;
    std::vector<std::shared_ptr<boost::asio::steady_timer>> waiting_;
};

}  // namespace safargo::redis
