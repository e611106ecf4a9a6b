// Stops asking a host that fails. Pure: time is a parameter.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace safargo::net {

class CircuitBreaker {
public:
    using Time = std::chrono::steady_clock::time_point;

    struct Rules {
        unsigned failures_in_a_row = 5;
        // Or this share of the results of a window, if it has enough of them.
        double failed_share = 0.5;
        unsigned enough = 20;
        std::chrono::milliseconds window{10'000};
        // Open at first for this long, twice as long after each failed probe, up to the limit.
        std::chrono::milliseconds pause{1'000};
        std::chrono::milliseconds longest_pause{30'000};
    };

    enum class State {
        closed,  // everything may pass
        open,    // nothing may, until the pause is over
        probing  // one request at a time may; its result decides
    };

    enum class Result {
        success,
        failure,
        neither,  // says nothing about the host
    };

    // The right to send once. Its result must be told exactly once.
    struct Permit {
        std::uint64_t era;  // results from before the last change of state are ignored
    };

    CircuitBreaker() = default;
    explicit CircuitBreaker(const Rules& rules) : rules_(rules), pause_(rules.pause) {}

    bool refuses(Time now) const;  // whether ask() would give no permit
    std::optional<Permit> ask(Time now);
    void tell(Permit permit, Result result, Time now);

    State state() const { return state_; }
    // Closed, without a failure since the last success: as good as new.
    bool is_calm() const { return state_ == State::closed && in_a_row_ == 0; }

private:
    void enter(State state);
    void open(Time now);
    void count(Result result, Time now);

    Rules rules_{};
    State state_ = State::closed;
    std::uint64_t era_ = 0;
    unsigned in_a_row_ = 0;
    unsigned results_ = 0, failures_ = 0;  // of the window
    Time window_began_{};
    Time open_until_{};
    std::chrono::milliseconds pause_{rules_.pause};
    bool probe_sent_ = false;
};

}  // namespace safargo::net
