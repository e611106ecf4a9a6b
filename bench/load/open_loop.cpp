#include "load/open_loop.hpp"

#include <boost/asio/post.hpp>

namespace safargo::load {

// Computed from the number and never from the request before: a timer that is late does not shift the rest.
TimePoint OpenLoop::due() const {
    return begins_ + std::chrono::nanoseconds(static_cast<std::int64_t>(static_cast<double>(next_) * 1e9 / plan_.rate));
}

void OpenLoop::arm() {
    if (has_ended()) return;
    timer_.expires_at(due());
    timer_.async_wait([this](const boost::system::error_code&) { send_all_due(); });
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
        if (request->measured) tally_.add_late(now - this_one);
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

void OpenLoop::on_free(Connection& connection, Ending) {
    if (!waiting_.empty()) {
        const Request request = waiting_.front();
        waiting_.pop_front();
        begin(connection, request);
    } else {
        (connection.is_open() ? idle_ : closed_).push_back(&connection);
    }
}

void OpenLoop::on_idle_close(Connection& connection) {
    std::erase(idle_, &connection);
    closed_.push_back(&connection);
}

// What has waited too long was never sent.
void OpenLoop::sweep(TimePoint now) {
    while (!waiting_.empty() && is_late(waiting_.front(), now)) {
        tally_.add_failure(waiting_.front(), Failure::timeout, now);
        waiting_.pop_front();
    }
}

}  // namespace safargo::load
