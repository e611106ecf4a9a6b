// How long to wait before the next attempt: twice as long each time up to a limit, and never as long as others wait.
#pragma once

#include <algorithm>
#include <chrono>
#include <random>

namespace safargo::redis {

class BackOff {
public:
    using Milliseconds = std::chrono::milliseconds;

    BackOff(Milliseconds first, Milliseconds longest) : first_(first), longest_(longest), next_(first) {}

    // Between half of it and all of it, drawn, so that a thousand clients do not come back at the same moment.
    Milliseconds next() {
        const Milliseconds most = std::min(next_, longest_);
        next_ = std::min(next_ * 2, longest_);
        thread_local std::minstd_rand luck(std::random_device{}());
        return Milliseconds(std::uniform_int_distribution(most.count() / 2, most.count())(luck));
    }
    void reset() { next_ = first_; }

private:
    Milliseconds first_, longest_, next_;
};

}  // namespace safargo::redis
