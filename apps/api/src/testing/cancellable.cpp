#include "testing/cancellable.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>

#include <limits>
#include <stdexcept>

namespace safargo::testing {

Cancellable::Cancellable(Task<void> task)
    : signal_(std::make_unique<boost::asio::cancellation_signal>()), ended_(std::make_shared<bool>(false)) {
    const auto end = [ended = ended_](const std::exception_ptr&) { *ended = true; };
    boost::asio::co_spawn(*shared_context(), std::move(task),
                          boost::asio::bind_cancellation_slot(signal_->slot(), end));
}

void Cancellable::cancel() {
    signal_->emit(boost::asio::cancellation_type::terminal);
}

void Cancellable::wait() const {
    turn(*this, std::numeric_limits<std::size_t>::max());
    if (!ended()) throw std::logic_error("the task waits for something that will never happen");
}

void turn(const Cancellable& task, std::size_t steps) {
    shared_context()->restart();
    for (; steps > 0 && !task.ended(); --steps) {
        if (shared_context()->run_one() == 0) return;
    }
}

}  // namespace safargo::testing
