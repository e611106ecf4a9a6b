// Business time is a parameter: services ask a Clock, tests move a FakeClock.
#pragma once

#include "core/time.hpp"

#include <atomic>

namespace safargo {

class Clock {
public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
public:
    Instant now() const override {
        return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
    }
};

class FakeClock final : public Clock {
public:
    explicit FakeClock(Instant start) : now_(start) {}
    Instant now() const override { return now_.load(); }
    void advance(std::chrono::microseconds by) { now_.store(now_.load() + by); }
    void set(Instant to) { now_.store(to); }

private:
    std::atomic<Instant> now_;
};

}  // namespace safargo
