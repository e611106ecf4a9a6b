// When a request is sent again. Pure: time and chance are parameters.
#pragma once

#include "net/client.hpp"
#include "net/ending.hpp"

#include <chrono>
#include <optional>
#include <string_view>

namespace safargo::net {

class Retry {
public:
    Retry(unsigned attempts, bool repeatable, Deadline deadline)
        : left_(attempts), repeatable_(repeatable), deadline_(deadline) {}

    struct Moment {
        Deadline now;                                // for the deadline
        std::chrono::system_clock::time_point wall;  // for a Retry-After with a date
        double chance;                               // from 0 to below 1
    };

    // The pause before the next attempt after one that ended like this; nullopt if there must be none. Anything is
    // repeated that was certainly not sent; what was or may have been sent, and what was answered with 429, 502, 503 or
    // 504, only if it is repeatable. A pause that would reach the deadline is not worth waiting.
    std::optional<std::chrono::milliseconds> after(Ending ending, const Response& response, Moment moment);

private:
    unsigned left_;
    unsigned done_ = 0;
    bool repeatable_;
    Deadline deadline_;
};

// The value of a Retry-After field, in seconds or as a date; at most a day. nullopt if it is neither.
std::optional<std::chrono::seconds> parse_retry_after(std::string_view text, std::chrono::system_clock::time_point now);

}  // namespace safargo::net
