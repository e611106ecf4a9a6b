// The background thread of a process, with its own io_context, database connections and services. It runs the periodic
// jobs concurrently, and the outbox dispatcher.
#pragma once

#include "core/clock.hpp"
#include "db/database.hpp"
#include "jobs/outbox_dispatcher.hpp"
#include "jobs/schedule.hpp"

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

namespace safargo::jobs {

struct RunnerOptions {
    db::Options database;
    DispatcherOptions dispatcher{};
    std::chrono::milliseconds stop_limit{5'000};
};

// The thread's work; `services` keeps alive what jobs and subscriptions refer to.
struct Work {
    std::vector<Job> jobs;
    db::Subscriptions subscriptions;
    std::shared_ptr<void> services{};
};
using WorkFactory = std::function<Work(boost::asio::io_context&, db::Database&)>;

class Runner {
public:
    // Calls the factory here, before the thread starts; it may throw.
    Runner(RunnerOptions options, const Clock& clock, const WorkFactory& factory);
    ~Runner();  // stops the thread
    Runner(const Runner&) = delete;
    Runner& operator=(const Runner&) = delete;

    void start();
    // Reports, from any thread, that a commit may have added to the outbox.
    void wake();
    // Starts nothing new, waits at most `stop_limit` for work in progress, then abandons it: rows being sent are sent
    // again by another process after their lease.
    void stop();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace safargo::jobs
