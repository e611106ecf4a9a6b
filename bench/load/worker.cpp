#include "load/worker.hpp"

#include <sys/resource.h>
#include <boost/asio/post.hpp>

#include <algorithm>

namespace safargo::load {
namespace {

constexpr std::chrono::milliseconds after_refusal{100};  // a server that is away is not asked in a tight circle

double cpu_so_far() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace

Worker::Worker(const Plan& plan, Mix& mix, TimePoint begins)
    : plan_(plan),
      begins_(begins),
      measured_from_(begins + plan.warmup),
      ends_(begins + plan.warmup + plan.duration),
      tally_(mix.size(), measured_from_, ends_),
      mix_(mix),
      random_(plan.seed) {}

Outcome Worker::run() {
    start();
    wait_until(from_timer_, measured_from_, [this] { cpu_from_ = cpu_so_far(); });
    wait_until(until_timer_, ends_, [this] { cpu_until_ = cpu_so_far(); });
    arm_sweep();
    if (plan_.drops_per_second > 0) arm_drop();
    io_.run();
    if (cpu_until_ == 0) cpu_until_ = cpu_so_far();  // it ended early
    tally_.connections = connections_.size();
    const auto ended = exhausted_ ? std::min(tally_.last_end, ends_) : ends_;
    return {.tally = std::move(tally_),
            .seconds = std::chrono::duration<double>(ended - measured_from_).count(),
            .cpu_seconds = cpu_from_ > 0 ? cpu_until_ - cpu_from_ : 0,
            .exhausted = exhausted_};
}

Connection& Worker::add_connection() {
    Connection::Owner& owner = *this;  // here the private base may be named
    return *connections_.emplace_back(std::make_unique<Connection>(io_, plan_.target, owner));
}

std::optional<Request> Worker::next_request(TimePoint due) {
    const auto choice = mix_.next();
    if (!choice) {
        exhausted_ = true;
        return std::nullopt;
    }
    const Request request{.choice = *choice, .due = due, .measured = due >= measured_from_};
    if (request.measured) ++tally_.sent;
    return request;
}

void Worker::begin(Connection& connection, const Request& request) {
    ++under_way_;
    connection.begin(request);
}

void Worker::on_answer(Connection& connection) {
    const auto now = Clock::now();
    const auto& answer = connection.answer();
    tally_.add_answer(connection.request(), answer.status(), answer.body_start(), now);
    settle(connection, now);
}

void Worker::on_failure(Connection& connection, Failure failure) {
    const auto now = Clock::now();
    tally_.add_failure(connection.request(), failure, now);
    settle(connection, now, failure == Failure::connect);
}

void Worker::settle(Connection& connection, TimePoint now, bool unreachable) {
    --under_way_;
    on_free(connection, unreachable);
    if (under_way_ == 0) stop_when_over(now);
}

void Worker::stop_when_over(TimePoint now) {
    if (under_way_ == 0 && is_over(now)) io_.stop();
}

void Worker::arm_sweep() {
    using namespace std::chrono_literals;
    const auto pause = std::clamp<std::chrono::nanoseconds>(plan_.timeout / 10, 1ms, 100ms);
    wait_until(sweep_timer_, Clock::now() + pause, [this] { sweep_all(); });
}

void Worker::sweep_all() {
    const auto now = Clock::now();
    for (std::size_t i = 0; i < connections_.size(); ++i) {  // endings add connections
        Connection& connection = *connections_[i];
        if (!connection.is_busy() || !is_late(connection.request(), now)) continue;
        connection.close();
        tally_.add_failure(connection.request(), Failure::timeout, now);
        settle(connection, now);
    }
    sweep(now);
    stop_when_over(now);
    arm_sweep();
}

void Worker::arm_drop() {
    const std::chrono::duration<double> after(static_cast<double>(++drops_) / plan_.drops_per_second);
    wait_until(drop_timer_, begins_ + std::chrono::duration_cast<Clock::duration>(after), [this] { drop_one(); });
}

// A random connection, or the next one after it that is open.
void Worker::drop_one() {
    const auto now = Clock::now();
    if (now >= ends_) return;
    arm_drop();
    if (connections_.empty()) return;
    const auto middle = connections_.begin() + static_cast<std::ptrdiff_t>(random_() % connections_.size());
    std::rotate(connections_.begin(), middle, connections_.end());
    const auto found = std::ranges::find_if(connections_, [](const auto& one) { return one->is_open(); });
    if (found == connections_.end()) return;
    Connection& connection = **found;
    const bool busy = connection.is_busy();
    connection.hang_up();
    if (!busy) return on_idle_close(connection);
    tally_.add_dropped(connection.request(), now);
    settle(connection, now);
}

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
