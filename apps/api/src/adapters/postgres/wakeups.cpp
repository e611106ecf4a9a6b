#include "adapters/postgres/wakeups.hpp"

#include "core/current_failure.hpp"
#include "core/logging.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace safargo::postgres {
namespace {

using namespace std::chrono_literals;

constexpr auto retry_interval = 250ms;

constexpr db::Statement notify{"wakeups_notify", R"(
    select pg_notify($1, payload) from unnest($2::text[]) as payload)"};

}  // namespace

NotifyWakeups::NotifyWakeups(boost::asio::any_io_executor executor, db::Database& database,
                             db::ListenerOptions listener)
    : executor_(executor),
      database_(database),
      channel_(listener.channel),
      listener_(executor, listener),
      bell_(executor) {}

void NotifyWakeups::publish(std::string payload) {
    if (payload.size() > longest_payload) payload.clear();
    {
        const std::lock_guard lock(mutex_);
        if (waiting_.size() >= most_waiting) payload.clear();
        const bool is_first = waiting_.empty();
        waiting_.insert(std::move(payload));
        if (!is_first) return;
    }
    boost::asio::post(executor_, [this] { bell_.ring(); });
}

void NotifyWakeups::listen(Listener listener) {
    const std::lock_guard lock(mutex_);
    listeners_.push_back(std::make_shared<const Listener>(std::move(listener)));
}

std::vector<std::string> NotifyWakeups::take_waiting() {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> taken(waiting_.begin(), waiting_.end());
    waiting_.clear();
    return taken;
}

Task<void> NotifyWakeups::send_published() {
    while (!closed_) {
        co_await bell_.wait(1h);
        std::vector<std::string> payloads = take_waiting();
        if (closed_ || payloads.empty()) continue;
        bool sent = false;
        try {
            co_await database_.query(notify, channel_, std::move(payloads));
            sent = true;
        } catch (...) {
            log::warning("wakeups_not_sent", {{"error", std::string_view(describe_current_failure())}});
        }
        if (!sent) publish("");  // whoever still listens learns that some were missed
        co_await rest(sent ? interval : retry_interval);
    }
}

Task<void> NotifyWakeups::hear() {
    while (!closed_) {
        try {
            call_listeners(co_await listener_.next());
            continue;
        } catch (...) {
            if (closed_) co_return;
            log::warning("wakeups_not_heard", {{"error", std::string_view(describe_current_failure())}});
        }
        co_await rest(retry_interval);
    }
}

void NotifyWakeups::call_listeners(std::string_view payload) {
    std::vector<std::shared_ptr<const Listener>> all;
    {
        const std::lock_guard lock(mutex_);
        all = listeners_;
    }
    for (const auto& listener : all) (*listener)(payload);
}

Task<void> NotifyWakeups::rest(std::chrono::milliseconds time) {
    boost::asio::steady_timer timer(executor_, time);
    co_await timer.async_wait(boost::asio::use_awaitable);
}

void NotifyWakeups::close() {
    closed_ = true;
    listener_.close();
    bell_.ring();
}

}  // namespace safargo::postgres
