// A running task that a test can cancel between any two steps of shared_context().
#pragma once

#include "core/task.hpp"
#include "testing/run_task.hpp"

#include <boost/asio/cancellation_signal.hpp>

#include <cstddef>
#include <exception>
#include <memory>

namespace safargo::testing {

class Cancellable {
public:
    explicit Cancellable(Task<void> task);  // starts it; it must finish before this is destroyed
    void cancel();
    bool ended() const { return *ended_; }
    void wait() const;  // runs the context until the task has finished

private:
    std::unique_ptr<boost::asio::cancellation_signal> signal_;
    std::shared_ptr<bool> ended_;
};

// Runs the context for this many steps, or until the task has finished.
void turn(const Cancellable& task, std::size_t steps);

}  // namespace safargo::testing
