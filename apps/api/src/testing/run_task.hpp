// Runs one task to its end inside a test.
#pragma once

#include "core/task.hpp"

#include <boost/asio/io_context.hpp>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace safargo::testing {

// The io_context of this thread's tests: TestDatabase lives on it, run() turns it.
std::shared_ptr<boost::asio::io_context> shared_context();

// Starts all at once on shared_context() and waits for every one; then throws what the first to fail threw.
// Other work of the context goes on meanwhile, and rests afterwards.
void run_all(std::vector<Task<void>> tasks);

// The same for one task.
void run(Task<void> task);

template <class T>
Task<void> keep_answer(Task<T> task, std::optional<T>& answer) {
    answer.emplace(co_await std::move(task));
}

// Answers or throws what the task does.
template <class T>
T run(Task<T> task) {
    std::optional<T> answer;
    run(keep_answer(std::move(task), answer));
    return std::move(*answer);
}

}  // namespace safargo::testing
