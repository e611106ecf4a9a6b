#include "net/circuit_breaker.hpp"

#include <algorithm>

namespace safargo::net {

bool CircuitBreaker::refuses(Time now) const {
    return state_ == State::open ? now < open_until_ : probe_sent_;
}

std::optional<CircuitBreaker::Permit> CircuitBreaker::ask(Time now) {
    if (refuses(now)) return std::nullopt;
    if (state_ == State::open) enter(State::probing);
    probe_sent_ = state_ == State::probing;
    return Permit{era_};
}

void CircuitBreaker::tell(Permit permit, Result result, Time now) {
    if (permit.era != era_) return;
    probe_sent_ = false;
    if (result == Result::neither) return;
    if (state_ == State::closed) {
        count(result, now);
    } else if (result == Result::success) {
        pause_ = rules_.pause;
        enter(State::closed);
    } else {
        open(now);
    }
}

void CircuitBreaker::count(Result result, Time now) {
    if (now - window_began_ >= rules_.window) {
        window_began_ = now;
        results_ = failures_ = 0;
    }
    const bool failed = result == Result::failure;
    ++results_;
    failures_ += failed ? 1 : 0;
    in_a_row_ = failed ? in_a_row_ + 1 : 0;
    const bool too_many = results_ >= rules_.enough && failures_ >= rules_.failed_share * results_;
    if (in_a_row_ >= rules_.failures_in_a_row || too_many) open(now);
}

void CircuitBreaker::open(Time now) {
    open_until_ = now + pause_;
    pause_ = std::min(pause_ * 2, rules_.longest_pause);
    enter(State::open);
}

void CircuitBreaker::enter(State state) {
    state_ = state;
    ++era_;
    in_a_row_ = results_ = failures_ = 0;
    probe_sent_ = false;
}

}  // namespace safargo::net
