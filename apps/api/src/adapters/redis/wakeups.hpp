// Wakes replicas by a channel of the Redis cluster; what Redis does not take goes another way.
#pragma once

#include "adapters/local/wakeup_relay.hpp"
#include "adapters/redis/client.hpp"
#include "adapters/redis/subscriber.hpp"

#include <string>

namespace safargo::redis {

class PubSubWakeups final : public local::WakeupRelay {
public:
    static constexpr std::chrono::milliseconds patience{250};  // for one payload
    static constexpr std::chrono::milliseconds detour{1'000};  // after a failure everything goes the other way

    // `otherwise` must outlive it, and be listened to as well.
    PubSubWakeups(boost::asio::any_io_executor executor, const ClientOptions& options, std::string channel,
                  Wakeups& otherwise);

private:
    Task<void> transmit(std::vector<std::string> payloads) override;
    Task<bool> transmit_one(std::string payload);
    Task<std::string> next() override { return subscriber_.next(); }
    void stop_hearing() override;

    std::string channel_;
    Wakeups& otherwise_;
    Client client_;
    Subscriber subscriber_;
    std::chrono::steady_clock::time_point detour_until_{};
};

}  // namespace safargo::redis
