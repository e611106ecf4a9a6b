// What all threads of this process know about Redis: for the health check, the metrics and the log.
#pragma once

#include "core/metrics.hpp"

#include <atomic>
#include <chrono>
#include <optional>
#include <string_view>

namespace safargo::redis {

// Thread-safe.
class Standing {
public:
    Standing();

    // A thread no longer asks for a part of the keys ("lane"), or asks again. `why` holds no key and no value.
    void lost_lane(std::string_view why);
    void regained_lane();
    void answered(std::chrono::nanoseconds took);

    bool up() const { return lost_.load() == 0 && latency_ms_.load() >= 0; }  // down until the first answer
    std::optional<double> latency_ms() const;                                 // of the last answer, while up

private:
    std::atomic<int> lost_ = 0;  // lanes, of all threads
    std::atomic<double> latency_ms_ = -1;
    metrics::Gauge shown_;
};

}  // namespace safargo::redis
