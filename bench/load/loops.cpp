#include "load/loops.hpp"

#include <boost/asio/post.hpp>

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

void ClosedLoop::on_free(Connection& connection, bool unreachable) {
    if (!unreachable) return ask(connection);
    pauses_.push_back({Clock::now() + after_refusal, &connection});
    if (pauses_.size() == 1) arm();
}

void ClosedLoop::arm() {
    wait_until(next_begin_, pauses_.front().until, [this] { end_pauses(); });
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

// Computed from the number and never from the request before: a timer that is late does not shift the rest.
TimePoint OpenLoop::due() const {
    return begins_ + std::chrono::nanoseconds(static_cast<std::int64_t>(static_cast<double>(next_) * 1e9 / plan_.rate));
}

void OpenLoop::arm() {
    if (!has_ended()) wait_until(next_begin_, due(), [this] { send_all_due(); });
}

void OpenLoop::send_all_due() {
    constexpr int most_in_a_row = 64;  // then answers are read, or a generator that is late would only write
    for (int sent = 0; !has_ended(); ++sent) {
        const auto now = Clock::now();
        const auto this_one = due();
        if (this_one > now) return arm();
        if (sent == most_in_a_row) return boost::asio::post(io_, [this] { send_all_due(); });
        const auto request = next_request(this_one);
        if (!request) return;
        ++next_;
        if (request->measured) tally_.most_late = std::max<std::chrono::nanoseconds>(tally_.most_late, now - this_one);
        send(*request);
    }
}

void OpenLoop::send(const Request& request) {
    auto& free = idle_.empty() ? closed_ : idle_;
    if (!free.empty()) {
        Connection& connection = *free.back();
        free.pop_back();
        begin(connection, request);
    } else if (connections() < plan_.max_connections) {
        begin(add_connection(), request);
    } else {
        waiting_.push_back(request);
    }
}

void OpenLoop::on_free(Connection& connection, bool) {
    if (waiting_.empty()) return (connection.is_open() ? idle_ : closed_).push_back(&connection);
    const Request request = waiting_.front();
    waiting_.pop_front();
    begin(connection, request);
}

void OpenLoop::on_idle_close(Connection& connection) {
    std::erase(idle_, &connection);
    closed_.push_back(&connection);
}

// What has waited too long was never sent.
void OpenLoop::sweep(TimePoint now) {
    for (; !waiting_.empty() && is_late(waiting_.front(), now); waiting_.pop_front())
        tally_.add_failure(waiting_.front(), Failure::timeout, now);
}

}  // namespace safargo::load
