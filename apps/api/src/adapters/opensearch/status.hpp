// Whether OpenSearch answers, as the searches and checks of all threads last found it.
#pragma once

#include <atomic>
#include <chrono>
#include <optional>

namespace safargo::opensearch {

// Thread-safe. Down until the first success.
class Status {
public:
    void answered(std::chrono::duration<double, std::milli> after) {
        latency_ms_ = after.count();
        up_ = true;
    }
    void failed() { up_ = false; }

    bool up() const { return up_; }
    std::optional<double> latency_ms() const { return up_ ? std::optional(latency_ms_.load()) : std::nullopt; }

private:
    std::atomic<bool> up_ = false;
    std::atomic<double> latency_ms_ = 0;
};

}  // namespace safargo::opensearch
