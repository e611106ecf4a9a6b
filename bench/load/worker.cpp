#include "load/worker.hpp"

#include <algorithm>

namespace safargo::load {
namespace {

// One writer: a plain addition, but one that other threads may watch.
void add_one(std::atomic<std::uint64_t>& counter) {
    counter.store(counter.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
}

}  // namespace

Worker::Worker(Shared& shared, unsigned index)
    : shared_(shared),
      index_(index),
      tally_(shared.mix.entries().size(), shared.measured_from, shared.ends),
      chooser_(shared.mix, shared.plan.seed, index),
      random_(shared.plan.seed + index) {}

void Worker::run() {
    start();
    arm_sweep();
    if (shared_.plan.drops_per_second > 0) arm_drop();
    io_.run();
    tally_.connections = connections_.size();
}

unsigned Worker::share_of(unsigned whole) const {
    const unsigned threads = shared_.plan.threads;
    return whole / threads + (index_ < whole % threads ? 1 : 0);
}

Connection& Worker::add_connection() {
    Connection::Owner& owner = *this;  // here the private base may be named
    return *connections_.emplace_back(std::make_unique<Connection>(io_, target_of(shared_.plan), owner));
}

std::optional<Request> Worker::next_request(TimePoint due) {
    const auto choice = chooser_.next();
    if (!choice) {
        shared_.exhausted.store(true, std::memory_order_relaxed);
        return std::nullopt;
    }
    const Request request{.choice = *choice, .due = due, .measured = due >= shared_.measured_from};
    if (request.measured) tally_.add_sent();
    return request;
}

void Worker::begin(Connection& connection, const Request& request) {
    ++under_way_;
    connection.begin(request);
}

void Worker::on_answer(Connection& connection) {
    const auto now = Clock::now();
    const auto& answer = connection.answer();
    if (tally_.add_answer(connection.request(), answer.status(), answer.body_start(), now)) {
        add_one(answers_);
    } else {
        add_one(errors_);
    }
    settle(connection, Ending::answered, now);
}

void Worker::on_failure(Connection& connection, Failure failure) {
    const auto now = Clock::now();
    tally_.add_failure(connection.request(), failure, now);
    add_one(errors_);
    settle(connection, failure == Failure::connect ? Ending::unreachable : Ending::failed, now);
}

void Worker::give_up(const Request& request, TimePoint now) {
    tally_.add_failure(request, Failure::timeout, now);
    add_one(errors_);
}

void Worker::settle(Connection& connection, Ending how, TimePoint now) {
    --under_way_;
    on_free(connection, how);
    if (under_way_ == 0) stop_when_over(now);
}

void Worker::stop_when_over(TimePoint now) {
    if (under_way_ == 0 && is_over(now)) io_.stop();
}

void Worker::arm_sweep() {
    using namespace std::chrono_literals;
    sweep_timer_.expires_after(std::clamp<std::chrono::nanoseconds>(shared_.plan.timeout / 10, 1ms, 100ms));
    sweep_timer_.async_wait([this](const boost::system::error_code&) { sweep_all(); });
}

void Worker::sweep_all() {
    const auto now = Clock::now();
    for (std::size_t i = 0; i < connections_.size(); ++i) {  // endings add connections
        Connection& connection = *connections_[i];
        if (!connection.is_busy() || !is_late(connection.request(), now)) continue;
        connection.close();
        give_up(connection.request(), now);
        settle(connection, Ending::failed, now);
    }
    sweep(now);
    stop_when_over(now);
    arm_sweep();
}

void Worker::arm_drop() {
    const double number = static_cast<double>(drops_++ * shared_.plan.threads + index_ + 1);
    const std::chrono::duration<double> after(number / shared_.plan.drops_per_second);
    drop_timer_.expires_at(shared_.begins + std::chrono::duration_cast<Clock::duration>(after));
    drop_timer_.async_wait([this](const boost::system::error_code&) { drop_one(); });
}

// A random connection, or the next one after it that is open.
void Worker::drop_one() {
    const auto now = Clock::now();
    if (now >= shared_.ends) return;
    arm_drop();
    if (connections_.empty()) return;
    std::rotate(connections_.begin(),
                connections_.begin() + static_cast<std::ptrdiff_t>(random_() % connections_.size()),
                connections_.end());
    const auto found = std::ranges::find_if(connections_, [](const auto& one) { return one->is_open(); });
    if (found == connections_.end()) return;
    Connection& connection = **found;
    const bool busy = connection.is_busy();
    connection.hang_up();
    if (!busy) return on_idle_close(connection);
    tally_.add_dropped(connection.request(), now);
    settle(connection, Ending::dropped, now);
}

}  // namespace safargo::load
