#include "load/run.hpp"

#include "load/connection.hpp"

#include <sys/resource.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <deque>
#include <random>
#include <vector>

namespace safargo::load {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

constexpr auto after_refusal = 100ms;  // a server that is away is not asked in a tight circle
constexpr int most_in_a_row = 64;      // then answers are read, or a generator that is late would only write

double cpu_so_far() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

asio::awaitable<void> until(TimePoint when) {
    asio::steady_timer timer(co_await asio::this_coro::executor, when);
    co_await timer.async_wait(asio::use_awaitable);
}

// A run's event loop, its connections and its counts, on one thread.
class Worker {
public:
    Worker(const Plan& plan, Mix& mix, TimePoint begins);

    Outcome run();  // until every request has ended

private:
    using Work = asio::awaitable<void>;

    void start(Work work);  // the run lasts until all work has ended
    Work be_user(Connection* connection);
    Work send_all_due();
    void send(Request request);
    Work serve(Connection* connection, Request request);
    asio::awaitable<bool> exchange(Connection* connection, Request request);  // false: it could not connect
    Work drop_connections();
    void drop_one();
    Work watch_cpu();

    TimePoint due(std::uint64_t number) const;
    std::optional<Request> next_request(TimePoint due);  // nothing: exhausted
    Connection* add_connection() { return &connections_.emplace_back(io_, plan_); }

    const Plan& plan_;
    Mix& mix_;
    const TimePoint begins_;
    const TimePoint measured_from_;
    const TimePoint ends_;  // nothing begins from here on
    std::mt19937_64 random_;
    Tally tally_;
    asio::io_context io_{1};
    std::deque<Connection> connections_;
    std::vector<Connection*> free_;  // of an open loop; the last used is used next: the others may rest
    std::deque<Request> waiting_;    // for a connection
    std::size_t working_ = 0;
    bool exhausted_ = false;
    double cpu_from_ = 0;
    double cpu_until_ = 0;
};

Worker::Worker(const Plan& plan, Mix& mix, TimePoint begins)
    : plan_(plan),
      mix_(mix),
      begins_(begins),
      measured_from_(begins + plan.warmup),
      ends_(begins + plan.warmup + plan.duration),
      random_(plan.seed),
      tally_(mix.size(), measured_from_, ends_) {}

Outcome Worker::run() {
    if (plan_.is_open()) start(send_all_due());
    for (unsigned i = 0; i < plan_.connections; ++i) start(be_user(add_connection()));
    asio::co_spawn(io_, watch_cpu(), asio::detached);
    if (plan_.drops_per_second > 0) asio::co_spawn(io_, drop_connections(), asio::detached);
    io_.run();
    if (cpu_until_ == 0) cpu_until_ = cpu_so_far();  // it ended early
    tally_.connections = connections_.size();
    for (const auto& connection : connections_) tally_.connections_opened += connection.openings();
    const auto ended = exhausted_ ? std::min(tally_.last_end, ends_) : ends_;
    return {.tally = std::move(tally_),
            .seconds = std::chrono::duration<double>(ended - measured_from_).count(),
            .cpu_seconds = cpu_from_ > 0 ? cpu_until_ - cpu_from_ : 0,
            .exhausted = exhausted_};
}

void Worker::start(Work work) {
    ++working_;
    asio::co_spawn(io_, std::move(work), [this](const std::exception_ptr& broken) {
        if (broken) std::rethrow_exception(broken);
        if (--working_ == 0) io_.stop();
    });
}

// Asks, waits for the answer, and asks again. A server that stalls is asked less, so a closed loop finds out what it
// can do, and not what people would have met.
Worker::Work Worker::be_user(Connection* connection) {
    co_await until(begins_);
    for (auto now = Clock::now(); !exhausted_ && now < ends_; now = Clock::now()) {
        const auto request = next_request(now);
        if (request && !co_await exchange(connection, *request)) co_await until(Clock::now() + after_refusal);
    }
}

// Requests at a constant rate, whatever the server does: request i is due at begins + i / rate. A server that stalls
// meets every request that real users would have sent meanwhile, and each waits from its due time on.
Worker::Work Worker::send_all_due() {
    int in_a_row = 0;
    for (std::uint64_t number = 0; due(number) < ends_; ++number) {
        const auto this_one = due(number);
        if (this_one > Clock::now()) {
            co_await until(this_one);
            in_a_row = 0;
        } else if (++in_a_row % most_in_a_row == 0) {
            co_await asio::post(io_, asio::use_awaitable);
        }
        const auto request = next_request(this_one);
        if (!request) co_return;
        const auto late = Clock::now() - this_one;
        if (request->measured) tally_.most_late = std::max<std::chrono::nanoseconds>(tally_.most_late, late);
        send(*request);
    }
}

// Computed from the number and never from the request before: a timer that is late does not shift the rest.
TimePoint Worker::due(std::uint64_t number) const {
    const double after = static_cast<double>(number) * 1e9 / plan_.rate;
    return begins_ + std::chrono::nanoseconds(static_cast<std::int64_t>(after));
}

void Worker::send(Request request) {
    if (!free_.empty()) {
        Connection* connection = free_.back();
        free_.pop_back();
        start(serve(connection, request));
    } else if (connections_.size() < plan_.max_connections) {
        start(serve(add_connection(), request));
    } else {
        waiting_.push_back(request);
    }
}

Worker::Work Worker::serve(Connection* connection, Request request) {
    co_await exchange(connection, request);
    while (!waiting_.empty()) {
        const Request next = waiting_.front();
        waiting_.pop_front();
        co_await exchange(connection, next);
    }
    free_.push_back(connection);
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

// What has waited too long for a connection is not sent.
asio::awaitable<bool> Worker::exchange(Connection* connection, Request request) {
    if (Clock::now() - request.due >= plan_.timeout) {
        tally_.add_failure(request, Failure::timeout, Clock::now());
        co_return true;
    }
    const auto answer = co_await connection->ask(request);
    const auto now = Clock::now();
    if (answer) {
        tally_.add_answer(request, answer->status, answer->body_start, now);
    } else if (connection->has_hung_up()) {
        tally_.add_dropped(request, now);
    } else {
        tally_.add_failure(request, answer.error(), now);
        co_return answer.error() != Failure::connect;
    }
    co_return true;
}

Worker::Work Worker::drop_connections() {
    for (int number = 1;; ++number) {
        const std::chrono::duration<double> after(number / plan_.drops_per_second);
        co_await until(begins_ + std::chrono::duration_cast<Clock::duration>(after));
        if (Clock::now() >= ends_) co_return;
        drop_one();
    }
}

// A random connection, or the next one after it that is open.
void Worker::drop_one() {
    const std::size_t count = connections_.size();
    const std::size_t first = count == 0 ? 0 : random_() % count;
    for (std::size_t i = 0; i < count; ++i) {
        auto& connection = connections_[(first + i) % count];
        if (connection.is_open()) return connection.hang_up();
    }
}

Worker::Work Worker::watch_cpu() {
    co_await until(measured_from_);
    cpu_from_ = cpu_so_far();
    co_await until(ends_);
    cpu_until_ = cpu_so_far();
}

constexpr rlim_t spare_descriptors = 64;

// As many descriptors as the plan may open.
void allow_connections(const Plan& plan) {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur < plan.most_connections() + spare_descriptors)
        throw std::runtime_error(fmt::format("this process may open {} files, too few for {} connections (ulimit -n)",
                                             limit.rlim_cur, plan.most_connections()));
}

void reach(const Plan& plan) {
    asio::io_context io;
    asio::ip::tcp::socket socket(io);
    boost::system::error_code result = asio::error::timed_out;
    socket.async_connect(plan.target, [&result](const boost::system::error_code& how) { result = how; });
    io.run_for(std::min<std::chrono::nanoseconds>(plan.timeout, 5s));
    if (result) throw std::runtime_error("the target cannot be reached: " + result.message());
}

}  // namespace

Outcome run(const Plan& plan, Mix& mix) {
    allow_connections(plan);
    reach(plan);
    const auto begins = Clock::now() + 10ms;  // else the first requests would be late
    return Worker(plan, mix, begins).run();
}

}  // namespace safargo::load
