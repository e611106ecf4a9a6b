#include "adapters/redis/bell.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

namespace safargo::redis {

namespace asio = boost::asio;

Task<void> Bell::wait(std::chrono::steady_clock::time_point at_most) {
    const auto timer = std::make_shared<asio::steady_timer>(executor_, at_most);
    waiting_.push_back(timer);
    const auto [interrupted] = co_await timer->async_wait(asio::as_tuple(asio::use_awaitable));
    const bool rang = std::erase(waiting_, timer) == 0;
    if (interrupted && !rang) throw boost::system::system_error(asio::error::operation_aborted);
}

void Bell::ring() {
    const auto all = std::move(waiting_);
    waiting_.clear();
    for (const auto& timer : all) timer->cancel();
}

}  // namespace safargo::redis
