#include "load/closed_loop.hpp"

namespace safargo::load {
namespace {

constexpr std::chrono::milliseconds after_refusal{100};  // a server that is away is not asked in a tight circle

}  // namespace

void ClosedLoop::start() {
    const unsigned users = share_of(shared_.plan.connections);
    for (unsigned i = 0; i < users; ++i) pauses_.push({shared_.begins, &add_connection()});
    arm();
}

void ClosedLoop::ask(Connection& connection) {
    const auto now = Clock::now();
    if (is_over(now)) return;
    if (const auto request = next_request(now)) begin(connection, *request);
}

void ClosedLoop::on_free(Connection& connection, Ending how) {
    if (how == Ending::unreachable) return pause(connection, after_refusal);
    if (shared_.plan.think.count() > 0 && how == Ending::answered) return pause(connection, shared_.plan.think);
    ask(connection);
}

void ClosedLoop::pause(Connection& connection, std::chrono::nanoseconds time) {
    const auto until = Clock::now() + time;
    const bool is_next = pauses_.empty() || until < pauses_.top().until;
    pauses_.push({until, &connection});
    if (is_next) arm();
}

void ClosedLoop::arm() {
    timer_.expires_at(pauses_.top().until);
    timer_.async_wait([this](const boost::system::error_code& cancelled) {
        if (!cancelled) end_pauses();
    });
}

void ClosedLoop::end_pauses() {
    const auto now = Clock::now();
    while (!pauses_.empty() && pauses_.top().until <= now) {
        Connection& connection = *pauses_.top().connection;
        pauses_.pop();
        ask(connection);
    }
    if (!pauses_.empty()) arm();
}

bool ClosedLoop::is_over(TimePoint now) const {
    return now >= shared_.ends || shared_.exhausted.load(std::memory_order_relaxed);
}

}  // namespace safargo::load
