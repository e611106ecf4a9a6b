#include "net/slots.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

namespace safargo::net {

namespace asio = boost::asio;

// Leaves the queue wherever its coroutine ends.
class Slots::Waiter {
public:
    Waiter(Slots& slots, Deadline until)
        : slots_(slots), called_(slots.executor_, until), place_(slots.waiting_.insert(slots.waiting_.end(), this)) {}
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;
    ~Waiter() {
        if (!slot_) slots_.waiting_.erase(place_);
    }

    void grant() {
        slots_.waiting_.erase(place_);
        slot_.emplace(slots_);
        called_.cancel();
    }
    asio::steady_timer& called() { return called_; }
    std::optional<Slot>& slot() { return slot_; }

private:
    Slots& slots_;
    asio::steady_timer called_;
    std::list<Waiter*>::iterator place_;
    std::optional<Slot> slot_;
};

Task<std::optional<Slots::Slot>> Slots::take(Deadline until) {
    if (free_ > 0) {
        --free_;
        co_return Slot(*this);
    }
    Waiter waiter(*this, until);
    const auto [cancelled] = co_await waiter.called().async_wait(asio::as_tuple(asio::use_awaitable));
    if (cancelled && !waiter.slot()) throw boost::system::system_error(cancelled);
    co_return std::move(waiter.slot());
}

void Slots::give_back() {
    if (waiting_.empty()) {
        ++free_;
    } else {
        waiting_.front()->grant();
    }
}

}  // namespace safargo::net
