// A request that is due: what to send, and since when its sender waits.
#pragma once

#include "load/mix.hpp"

#include <chrono>

namespace safargo::load {

using Clock = std::chrono::steady_clock;
using TimePoint = Clock::time_point;

struct Request {
    Choice choice;
    TimePoint due;  // latency counts from here, whenever it was sent
    bool measured;  // false during the warm-up
};

// What becomes of a request that gets no answer.
enum class Failure { connect, timeout, closed, protocol };

}  // namespace safargo::load
