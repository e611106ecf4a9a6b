// Whether a vendor answers, as the calls of all threads last found it.
#pragma once

#include <atomic>
#include <chrono>
#include <optional>

namespace safargo::net {

// Thread-safe. Nobody asks a vendor only to find out, so it counts as up until a call fails.
class VendorStatus {
public:
    void answered(std::chrono::duration<double, std::milli> after) {
        latency_ms_ = after.count();
        up_ = true;
    }
    void failed() {
        up_ = false;
        latency_ms_ = unknown;
    }

    bool up() const { return up_; }
    std::optional<double> latency_ms() const {
        const double latency = latency_ms_;
        return latency < 0 ? std::nullopt : std::optional(latency);
    }

private:
    static constexpr double unknown = -1;
    std::atomic<bool> up_ = true;
    std::atomic<double> latency_ms_ = unknown;
};

}  // namespace safargo::net
