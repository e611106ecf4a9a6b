#include "adapters/redis/request.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

namespace safargo::redis {

namespace asio = boost::asio;

Task<Reply> Request::wait(std::shared_ptr<Request> self, Deadline deadline) {
    boost::system::error_code interrupted;
    if (!self->reply_ && !self->failure_) {
        self->timer_.expires_at(deadline);
        std::tie(interrupted) = co_await self->timer_.async_wait(asio::as_tuple(asio::use_awaitable));
    }
    if (self->reply_) co_return std::move(*self->reply_);
    if (self->failure_) throw DependencyUnavailable("redis", *self->failure_);
    self->abandon();
    if (interrupted) throw boost::system::system_error(asio::error::operation_aborted);
    throw DeadlineExceeded("redis: no answer in time");
}

void Request::answer(Reply reply) {
    if (reply_ || failure_) return;
    reply_ = std::move(reply);
    finish();
}

void Request::fail(std::string reason) {
    if (reply_ || failure_) return;
    failure_ = std::move(reason);
    finish();
}

void Request::finish() {
    share_.reset();
    timer_.cancel();
}

}  // namespace safargo::redis
