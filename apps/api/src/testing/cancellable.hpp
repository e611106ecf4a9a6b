// A task under way that a test can cancel between any two steps of shared_context().
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
    explicit Cancellable(Task<void> task);  // starts it; it must end before this goes
    void cancel();
    bool ended() const { return *ended_; }
    void wait() const;  // turns the context until it has ended

private:
    std::unique_ptr<boost::asio::cancellation_signal> signal_;
    std::shared_ptr<bool> ended_;
};

// Turns the context so many times, or until the task has ended.
void turn(const Cancellable& task, std::size_t steps);

}  // namespace safargo::testing
