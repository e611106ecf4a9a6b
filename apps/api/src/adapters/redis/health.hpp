// What a client last knew of its cluster. Written by the client's thread, read by any.
#pragma once

#include <atomic>
#include <chrono>
#include <optional>

namespace safargo::redis {

class Health {
public:
    enum class State {
        starting,  // nobody has been reached yet, nobody has failed either
        ok,        // connected to every master
        degraded,  // to some of them
        down,      // to none
    };

    State state() const { return state_.load(std::memory_order_relaxed); }
    // Between sending a command and its answer, the latest one.
    std::optional<std::chrono::microseconds> latency() const {
        const auto value = latency_.load(std::memory_order_relaxed);
        if (value < 0) return std::nullopt;
        return std::chrono::microseconds(value);
    }

    void set(State state) { state_.store(state, std::memory_order_relaxed); }
    void observe(std::chrono::microseconds latency) { latency_.store(latency.count(), std::memory_order_relaxed); }

private:
    std::atomic<State> state_ = State::starting;
    std::atomic<std::chrono::microseconds::rep> latency_ = -1;
};

}  // namespace safargo::redis
