#include "testing/gate.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace safargo::testing {

Gate::Gate(std::size_t party)
    : missing_(party), opening_(*shared_context(), boost::asio::steady_timer::time_point::max()) {}

Task<void> Gate::pass() {
    if (missing_ > 0 && --missing_ == 0) open();
    while (missing_ > 0) co_await opening_.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
}

void Gate::open() {
    missing_ = 0;
    opening_.cancel();
}

}  // namespace safargo::testing
