// A request that is due: what to send, and since when its sender waits.
#pragma once

#include "load/mix.hpp"

#include <array>
#include <chrono>
#include <string_view>

namespace safargo::load {

using Clock = std::chrono::steady_clock;
using TimePoint = Clock::time_point;

struct Request {
    Choice choice;
    TimePoint due;  // latency counts from here, whenever it was sent
    bool measured;  // false during the warm-up
};

// What becomes of a request that gets no good answer: the server closes before or amid it; the status is not the
// expected one; it is not HTTP, or more than was asked for.
enum class Failure { connect, timeout, closed, status, protocol };
inline constexpr std::array<std::string_view, 5> failure_names{"connect", "timeout", "closed", "status", "protocol"};

}  // namespace safargo::load
