// Runs a task to its end although its caller has been cancelled: a COMMIT in progress, whose outcome decides the
// response. A cancellation in the meantime is not seen; the canceller must ask again (http::Session does whenever it
// checks its deadlines). Throws operation_aborted if cancelled before it started.
#pragma once

#include "core/task.hpp"

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/system/system_error.hpp>

#include <exception>
#include <optional>
#include <utility>

namespace safargo::db {

template <class T>
Task<T> uncancelled(Task<T> task) {
    namespace this_coro = boost::asio::this_coro;
    const boost::asio::cancellation_state before = co_await this_coro::cancellation_state;
    if (before.cancelled() != boost::asio::cancellation_type::none) {
        throw boost::system::system_error(boost::asio::error::operation_aborted);
    }
    co_await this_coro::reset_cancellation_state(boost::asio::disable_cancellation());
    std::optional<T> answer;
    std::exception_ptr failure;
    try {
        answer.emplace(co_await std::move(task));
    } catch (...) {
        failure = std::current_exception();
    }
    co_await this_coro::reset_cancellation_state(boost::asio::enable_terminal_cancellation());
    if (failure) std::rethrow_exception(failure);
    co_return std::move(*answer);
}

}  // namespace safargo::db
