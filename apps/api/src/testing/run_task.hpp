// Runs one task to its end inside a test.
#pragma once

#include "core/task.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace safargo::testing {

// The io_context of this thread's tests: TestDatabase lives on it, run() turns it.
std::shared_ptr<boost::asio::io_context> shared_context();

// Turns the context until `done`; throws if it runs out of work before.
void turn_until(boost::asio::io_context& context, const bool& done);

// Answers or throws what the task does. Other work of the context goes on meanwhile, and rests afterwards.
template <class T>
T run(Task<T> task) {
    const auto context = shared_context();
    bool done = false;
    std::exception_ptr failure;
    if constexpr (std::is_void_v<T>) {
        boost::asio::co_spawn(*context, std::move(task), [&](std::exception_ptr thrown) {
            failure = thrown;
            done = true;
        });
        turn_until(*context, done);
        if (failure) std::rethrow_exception(failure);
    } else {
        std::optional<T> answer;
        boost::asio::co_spawn(*context, std::move(task), [&](std::exception_ptr thrown, auto value) {
            failure = thrown;
            if (!thrown) answer.emplace(std::move(value));
            done = true;
        });
        turn_until(*context, done);
        if (failure) std::rethrow_exception(failure);
        return std::move(*answer);
    }
}

}  // namespace safargo::testing
