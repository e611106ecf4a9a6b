#include "load/closed_loop.hpp"

namespace safargo::load {
namespace {

constexpr std::chrono::milliseconds after_refusal{100};  // a server that is away is not asked in a tight circle

}  // namespace

void ClosedLoop::start() {
    for (unsigned i = 0; i < plan_.connections; ++i) pauses_.push_back({begins_, &add_connection()});
    arm();
}

void ClosedLoop::ask(Connection& connection) {
    const auto now = Clock::now();
    if (is_over(now)) return;
    if (const auto request = next_request(now)) begin(connection, *request);
}

void ClosedLoop::on_free(Connection& connection, Ending how) {
    if (how != Ending::unreachable) return ask(connection);
    pauses_.push_back({Clock::now() + after_refusal, &connection});
    if (pauses_.size() == 1) arm();
}

void ClosedLoop::arm() {
    timer_.expires_at(pauses_.front().until);
    timer_.async_wait([this](const boost::system::error_code&) { end_pauses(); });
}

void ClosedLoop::end_pauses() {
    const auto now = Clock::now();
    while (!pauses_.empty() && pauses_.front().until <= now) {
        Connection& connection = *pauses_.front().connection;
        pauses_.pop_front();
        ask(connection);
    }
    if (!pauses_.empty()) arm();
}

}  // namespace safargo::load
