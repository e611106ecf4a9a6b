#include "adapters/redis/wakeups.hpp"

#include "core/current_failure.hpp"
#include "core/logging.hpp"

#include <utility>

namespace safargo::redis {

PubSubWakeups::PubSubWakeups(boost::asio::any_io_executor executor, const ClientOptions& options, std::string channel,
                             Wakeups& otherwise)
    : WakeupRelay(executor),
      channel_(std::move(channel)),
      otherwise_(otherwise),
      client_(executor, options),
      subscriber_(executor, options, channel_) {}

Task<void> PubSubWakeups::transmit(std::vector<std::string> payloads) {
    for (std::string& payload : payloads) {
        const bool tried = std::chrono::steady_clock::now() >= detour_until_;
        if (tried && co_await transmit_one(payload)) continue;
        if (tried) detour_until_ = std::chrono::steady_clock::now() + detour;
        otherwise_.publish(std::move(payload));
    }
}

// The client too: its own work would keep the event loop of a stopping process running.
void PubSubWakeups::stop_hearing() {
    subscriber_.close();
    client_.close();
}

Task<bool> PubSubWakeups::transmit_one(std::string payload) {
    try {
        Command command{"PUBLISH", channel_, std::move(payload)};
        const Reply reply =
            co_await client_.send_anywhere(std::move(command), std::chrono::steady_clock::now() + patience);
        co_return !reply.is_error();
    } catch (...) {
        log::warning("wakeups_not_sent", {{"error", std::string_view(describe_current_failure())}});
    }
    co_return false;
}

}  // namespace safargo::redis
