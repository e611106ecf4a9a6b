// The background of one process: a thread of its own with its own io_context, database connections and services, that
// runs the periodic jobs, beside each other, and the outbox dispatcher.
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

// What the thread does; `services` is whatever jobs and subscriptions refer to.
struct Work {
    std::vector<Job> jobs;
    db::Subscriptions subscriptions;
    std::shared_ptr<void> services{};
};
using WorkFactory = std::function<Work(boost::asio::io_context&, db::Database&)>;

class Runner {
public:
    // The factory runs here, before the thread exists, and may throw.
    Runner(RunnerOptions options, const Clock& clock, const WorkFactory& factory);
    ~Runner();  // stops
    Runner(const Runner&) = delete;
    Runner& operator=(const Runner&) = delete;

    void start();
    // From any thread: a committed transaction left something in the outbox.
    void wake();
    // Begins nothing new, waits for what is under way for at most `stop_limit`, then leaves it: rows that were being
    // sent are sent again by another process after their lease.
    void stop();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace safargo::jobs
