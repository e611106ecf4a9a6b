#include "db/wire.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <fcntl.h>
#include <sys/socket.h>
#include <cerrno>
#include <system_error>

namespace safargo::db {

namespace asio = boost::asio;
using boost::system::error_code;
using Descriptor = asio::posix::stream_descriptor;

// Outlives the Wire while a timer handler is queued.
struct Wire::State {
    explicit State(const asio::any_io_executor& executor) : descriptor(executor), timer(executor) {}

    Descriptor descriptor;
    asio::steady_timer timer;
    unsigned round = 0;  // distinguishes a late handler of an earlier deadline
    bool expired = false;

    void check(const error_code& failed) const {
        if (expired) throw Expired{};
        if (failed) throw boost::system::system_error(failed);
    }
};

Wire::Wire(const asio::any_io_executor& executor) : state_(std::make_shared<State>(executor)) {}

Wire::~Wire() {
    disarm();
    unwatch();
}

void Wire::watch(int socket) {
    unwatch();
    const int duplicate = ::fcntl(socket, F_DUPFD_CLOEXEC, 0);
    if (duplicate < 0) throw std::system_error(errno, std::generic_category(), "duplicate a database socket");
    state_->descriptor.assign(duplicate);
}

void Wire::unwatch() {
    error_code ignored;
    state_->descriptor.close(ignored);
}

void Wire::expire_at(Time time) {
    state_->expired = false;
    const unsigned round = ++state_->round;
    state_->timer.expires_at(time);
    state_->timer.async_wait([state = state_, round](const error_code& cancelled) {
        if (cancelled || round != state->round) return;
        state->expired = true;
        error_code ignored;
        state->descriptor.cancel(ignored);
    });
}

void Wire::disarm() {
    ++state_->round;
    state_->expired = false;
    state_->timer.cancel();
}

void Wire::interrupt() {
    error_code ignored;
    state_->descriptor.cancel(ignored);
}

Task<void> Wire::readable() {
    state_->check({});
    const auto [failed] =
        co_await state_->descriptor.async_wait(Descriptor::wait_read, asio::as_tuple(asio::use_awaitable));
    state_->check(failed);
}

Task<void> Wire::writable() {
    state_->check({});
    const auto [failed] =
        co_await state_->descriptor.async_wait(Descriptor::wait_write, asio::as_tuple(asio::use_awaitable));
    state_->check(failed);
}

Task<void> Wire::readable_or_writable() {
    state_->check({});
    const auto [order, read_failed, write_failed] =
        co_await asio::experimental::make_parallel_group(
            state_->descriptor.async_wait(Descriptor::wait_read, asio::deferred),
            state_->descriptor.async_wait(Descriptor::wait_write, asio::deferred))
            .async_wait(asio::experimental::wait_for_one(), asio::use_awaitable);
    state_->check(order[0] == 0 ? read_failed : write_failed);
}

Wire::Pending Wire::peek() const {
    char byte = 0;
    const ssize_t got = ::recv(state_->descriptor.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    if (got > 0) return Pending::bytes;
    return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) ? Pending::nothing : Pending::closed;
}

}  // namespace safargo::db
