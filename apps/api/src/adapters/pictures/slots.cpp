#include "adapters/pictures/slots.hpp"

#include "core/failures.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

namespace safargo::pictures {

// `granted` is guarded by the mutex; the timer belongs to the thread of the one who waits.
struct Slots::Waiter {
    boost::asio::steady_timer timer;
    bool granted = false;
};

// A place in the queue. One that is left after the slot was granted, by cancellation, passes the slot on.
class Slots::Waiting {
public:
    Waiting(Slots& slots, std::shared_ptr<Waiter> waiter) : slots_(slots), waiter_(std::move(waiter)) {
        const std::lock_guard lock(slots_.mutex_);
        if (slots_.waiting_.size() >= slots_.most_waiting_) throw DependencyUnavailable("pictures", "too many wait");
        slots_.waiting_.push_back(waiter_);
    }
    Waiting(const Waiting&) = delete;
    Waiting& operator=(const Waiting&) = delete;
    ~Waiting() {
        if (leave()) slots_.give_back();
    }

    // Whether the slot was granted, which is then the caller's.
    bool leave() {
        const std::lock_guard lock(slots_.mutex_);
        slots_.waiting_.remove(waiter_);
        return std::exchange(waiter_->granted, false);
    }

private:
    Slots& slots_;
    std::shared_ptr<Waiter> waiter_;
};

bool Slots::take_free() {
    const std::lock_guard lock(mutex_);
    if (free_ == 0) return false;
    --free_;
    return true;
}

Task<Slots::Held> Slots::take(std::chrono::steady_clock::time_point deadline) {
    if (take_free()) co_return Held(*this);
    const auto waiter =
        std::make_shared<Waiter>(boost::asio::steady_timer(co_await boost::asio::this_coro::executor, deadline));
    Waiting waiting(*this, waiter);
    co_await waiter->timer.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
    // The wait ends in the same way for those who are cancelled and for those who got a slot.
    const auto cancellation = co_await boost::asio::this_coro::cancellation_state;
    if (cancellation.cancelled() != boost::asio::cancellation_type::none)
        throw boost::system::system_error(boost::asio::error::operation_aborted);
    if (!waiting.leave()) throw DependencyUnavailable("pictures", "no process became free in time");
    co_return Held(*this);
}

// A slot that is free while somebody waits is theirs before anyone else's. Their thread is woken under the lock: as
// long as they are in the queue, it lives.
void Slots::give_back() {
    const std::lock_guard lock(mutex_);
    if (waiting_.empty()) {
        ++free_;
        return;
    }
    const std::shared_ptr<Waiter> next = waiting_.front();
    waiting_.pop_front();
    next->granted = true;
    boost::asio::post(next->timer.get_executor(), [next] { next->timer.cancel(); });
}

}  // namespace safargo::pictures
