// Whether a vendor answers, as the calls of all threads last found it.
#pragma once

#include "core/failures.hpp"
#include "core/task.hpp"

#include <atomic>
#include <chrono>
#include <optional>
#include <utility>

namespace safargo::net {

// Thread-safe.
class VendorStatus {
public:
    // Nobody asks most vendors only to find out: such a one counts as up until a call fails.
    explicit VendorStatus(bool up_at_first = true) : up_(up_at_first) {}

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
    std::atomic<bool> up_;
    std::atomic<double> latency_ms_ = unknown;
};

// The result of a call, from which `status` learns; it outlives the call. One that was cancelled says nothing.
template <class T>
Task<T> watched(VendorStatus& status, Task<T> call) {
    const auto began = std::chrono::steady_clock::now();
    try {
        T result = co_await std::move(call);
        status.answered(std::chrono::steady_clock::now() - began);
        co_return result;
    } catch (const DependencyUnavailable&) {
        status.failed();
        throw;
    } catch (const DeadlineExceeded&) {
        status.failed();
        throw;
    }
}

}  // namespace safargo::net
