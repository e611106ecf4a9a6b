#include "adapters/local/wakeup_relay.hpp"

#include "core/current_failure.hpp"
#include "core/logging.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace safargo::local {

WakeupRelay::WakeupRelay(boost::asio::any_io_executor executor) : executor_(executor), bell_(executor) {}

void WakeupRelay::publish(std::string payload) {
    if (payload.size() > longest_payload) payload.clear();
    {
        const std::lock_guard lock(mutex_);
        if (waiting_.size() >= most_waiting) payload.clear();
        const bool rung = !waiting_.empty();
        waiting_.insert(std::move(payload));
        if (rung) return;
    }
    boost::asio::post(executor_, [this] { bell_.ring(); });
}

void WakeupRelay::listen(Listener listener) {
    const std::lock_guard lock(mutex_);
    listeners_.push_back(std::make_shared<const Listener>(std::move(listener)));
}

std::vector<std::string> WakeupRelay::take_waiting() {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> taken(waiting_.begin(), waiting_.end());
    waiting_.clear();
    return taken;
}

Task<void> WakeupRelay::send_published() {
    while (!closed_) {
        co_await bell_.wait(std::chrono::hours(1));
        std::vector<std::string> payloads = take_waiting();
        if (closed_ || payloads.empty()) continue;
        bool sent = false;
        try {
            co_await transmit(std::move(payloads));
            sent = true;
        } catch (...) {
            log::warning("wakeups_not_sent", {{"error", std::string_view(describe_current_failure())}});
        }
        if (!sent) publish("");  // whoever listens learns later that some were missed
        co_await rest(sent ? interval : after_failure);
    }
}

Task<void> WakeupRelay::hear() {
    while (!closed_) {
        try {
            call_listeners(co_await next());
            continue;
        } catch (...) {
            if (closed_) co_return;
            log::warning("wakeups_not_heard", {{"error", std::string_view(describe_current_failure())}});
        }
        co_await rest(after_failure);
    }
}

void WakeupRelay::call_listeners(std::string_view payload) {
    std::vector<std::shared_ptr<const Listener>> all;
    {
        const std::lock_guard lock(mutex_);
        all = listeners_;
    }
    for (const auto& listener : all) (*listener)(payload);
}

Task<void> WakeupRelay::rest(std::chrono::milliseconds time) {
    boost::asio::steady_timer timer(executor_, time);
    co_await timer.async_wait(boost::asio::use_awaitable);
}

void WakeupRelay::close() {
    closed_ = true;
    stop_hearing();
    bell_.ring();
}

}  // namespace safargo::local
