#include "jobs/runner.hpp"

#include "core/current_failure.hpp"
#include "core/event_loop.hpp"
#include "core/logging.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_future.hpp>

#include <algorithm>
#include <atomic>
#include <future>
#include <thread>

namespace safargo::jobs {
namespace {

namespace asio = boost::asio;
using std::chrono::milliseconds;

constexpr milliseconds longest_sleep{1'000};

// One job with its own coroutine, so that a job of minutes delays no other.
struct Lane {
    Lane(const asio::any_io_executor& executor, Job job) : schedule({std::move(job)}), tick(executor) {}
    Schedule schedule;
    Wakeup tick;
};

}  // namespace

struct Runner::State {
    State(RunnerOptions given, const Clock& the_clock, const WorkFactory& factory)
        : options(std::move(given)),
          clock(the_clock),
          database(io.get_executor(), options.database),
          work(factory(io, database)),
          dispatcher(io.get_executor(), database, clock, work.subscriptions, options.dispatcher) {
        for (Job& job : work.jobs) lanes.push_back(std::make_unique<Lane>(io.get_executor(), std::move(job)));
    }

    Task<void> keep_schedule(Lane& lane) {
        while (!stopping) {
            const milliseconds pause = co_await run_due(lane);
            co_await lane.tick.wait(std::clamp(pause, milliseconds{1}, longest_sleep));
        }
    }
    // Returns the time until the next job. An exception here would silently end its job in this process.
    Task<milliseconds> run_due(Lane& lane) {
        try {
            co_await lane.schedule.run_once(clock.now());
            co_return std::chrono::ceil<milliseconds>(lane.schedule.next_due() - clock.now());
        } catch (...) {
            log::error("schedule_failed", {{"what", std::string_view(describe_current_failure())}});
        }
        co_return longest_sleep;
    }
    void stop_loops() {
        stopping = true;
        dispatcher.stop();
        for (const auto& lane : lanes) lane->tick.ring();
    }
    void ring() {
        rung = false;
        dispatcher.ring();
    }

    RunnerOptions options;
    const Clock& clock;
    asio::io_context io{1};
    db::Database database;
    Work work;
    OutboxDispatcher dispatcher;
    std::vector<std::unique_ptr<Lane>> lanes;
    bool stopping = false;          // used on the thread only
    std::atomic<bool> rung{false};  // a ring has been posted
    std::vector<std::future<void>> done;
    std::thread thread;
};

Runner::Runner(RunnerOptions options, const Clock& clock, const WorkFactory& factory)
    : state_(std::make_unique<State>(std::move(options), clock, factory)) {}

Runner::~Runner() {
    stop();
}

void Runner::start() {
    State& state = *state_;
    for (const auto& lane : state.lanes) {
        state.done.push_back(asio::co_spawn(state.io, state.keep_schedule(*lane), asio::use_future));
    }
    state.done.push_back(asio::co_spawn(state.io, state.dispatcher.serve(), asio::use_future));
    state.thread = std::thread([&state] { run_through_failures(state.io); });
}

void Runner::wake() {
    if (state_->rung.exchange(true)) return;
    asio::post(state_->io, [state = state_.get()] { state->ring(); });
}

void Runner::stop() {
    State& state = *state_;
    if (!state.thread.joinable()) return;
    asio::post(state.io, [&state] { state.stop_loops(); });
    const auto deadline = std::chrono::steady_clock::now() + state.options.stop_limit;
    for (const auto& done : state.done) {
        if (done.wait_until(deadline) == std::future_status::timeout) log::warning("jobs_left_unfinished");
    }
    state.io.stop();
    state.thread.join();
}

}  // namespace safargo::jobs
