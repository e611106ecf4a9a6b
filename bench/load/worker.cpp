#include "load/worker.hpp"

#include <sys/resource.h>

#include <algorithm>

namespace safargo::load {
namespace {

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

}  // namespace safargo::load
