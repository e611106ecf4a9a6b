// The coroutine type of everything asynchronous. A task stays on the io_context (thread) that started it.
#pragma once

#include <boost/asio/awaitable.hpp>

namespace safargo {

template <class T>
using Task = boost::asio::awaitable<T>;

}  // namespace safargo
