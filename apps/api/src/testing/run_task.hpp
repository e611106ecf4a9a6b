// Runs tasks to completion inside a test.
#pragma once

#include "core/task.hpp"

#include <boost/asio/io_context.hpp>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace safargo::testing {

// The io_context of this thread's tests: TestDatabase uses it, run() runs it.
std::shared_ptr<boost::asio::io_context> shared_context();

// Starts all tasks on shared_context() and waits for every one; then rethrows the first failure. Other work of the
// context continues meanwhile, and pauses afterwards.
void run_all(std::vector<Task<void>> tasks);

// The same for one task.
void run(Task<void> task);

template <class T>
Task<void> keep_answer(Task<T> task, std::optional<T>& answer) {
    answer.emplace(co_await std::move(task));
}

// Returns or throws what the task does.
template <class T>
T run(Task<T> task) {
    std::optional<T> answer;
    run(keep_answer(std::move(task), answer));
    return std::move(*answer);
}

}  // namespace safargo::testing
