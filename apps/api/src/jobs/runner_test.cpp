#include "jobs/runner.hpp"

#include "testing/test_database.hpp"

#include <gtest/gtest.h>

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <atomic>
#include <future>
#include <stdexcept>

namespace safargo::jobs {
namespace {

using namespace std::chrono_literals;

const db::EventKind note{"test.note"};

// Records what the runner's thread did; the test waits for it.
struct Seen {
    std::promise<std::string> message;
    std::promise<void> job;
    std::atomic<int> jobs{0};
};

Task<void> take(Seen& seen, db::OutboxMessage message) {
    seen.message.set_value(message.payload);
    co_return;
}
Task<void> count(Seen& seen, Instant) {
    if (++seen.jobs == 1) seen.job.set_value();
    co_return;
}
// Throws a non-exception every other time.
Task<void> surprise(Seen& seen, Instant) {
    if (++seen.jobs % 2 == 1) throw 42;
    if (seen.jobs == 2) seen.job.set_value();
    co_return;
}
Task<void> never_end(Seen& seen, Instant) {
    seen.job.set_value();
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, 1h);
    co_await timer.async_wait(boost::asio::use_awaitable);
}

class RunnerTest : public ::testing::Test {
protected:
    Task<Result<Nothing>> write_row(db::Transaction& tx, std::string payload) {
        db::publish(tx, note, {"key", std::move(payload)}, clock_.now(), clock_.now());
        co_return Nothing{};
    }
    void add_row(const std::string& payload) {
        testing::run(
            database_.db().transact<Nothing>([this, payload](db::Transaction& tx) { return write_row(tx, payload); }));
    }
    db::Subscriptions subscriptions() {
        return {
            {"test.notes", {{note, [this](db::OutboxMessage message) { return take(seen_, std::move(message)); }}}}};
    }
    RunnerOptions options() { return {.database = database_.options(), .dispatcher = {.poll = 1h}}; }

    testing::TestDatabase database_;
    SystemClock clock_;
    Seen seen_;
};

TEST_F(RunnerTest, RunsJobsAndSendsWhenWoken) {
    Runner runner(options(), clock_, [this](boost::asio::io_context&, db::Database&) {
        return Work{{{"count", 3600s, [this](Instant now) { return count(seen_, now); }}}, subscriptions()};
    });
    runner.start();
    ASSERT_EQ(seen_.job.get_future().wait_for(10s), std::future_status::ready);
    add_row("hello");
    runner.wake();  // polling alone would take an hour
    auto message = seen_.message.get_future();
    ASSERT_EQ(message.wait_for(10s), std::future_status::ready);
    EXPECT_EQ(message.get(), "hello");
    runner.stop();
    EXPECT_EQ(seen_.jobs, 1);
}

TEST_F(RunnerTest, FindsRowsWithoutBeingWoken) {
    add_row("left by another process");
    auto polling = options();
    polling.dispatcher.poll = 10ms;
    Runner runner(polling, clock_,
                  [this](boost::asio::io_context&, db::Database&) { return Work{{}, subscriptions()}; });
    runner.start();
    auto message = seen_.message.get_future();
    ASSERT_EQ(message.wait_for(10s), std::future_status::ready);
}

TEST_F(RunnerTest, ALongJobDelaysNoOther) {
    auto hasty = options();
    hasty.stop_limit = 50ms;
    Seen long_one;
    Runner runner(hasty, clock_, [&, this](boost::asio::io_context&, db::Database&) {
        return Work{{{"long", 1s, [&long_one](Instant now) { return never_end(long_one, now); }},
                     {"count", 3600s, [this](Instant now) { return count(seen_, now); }}},
                    {}};
    });
    runner.start();
    ASSERT_EQ(long_one.job.get_future().wait_for(10s), std::future_status::ready);
    EXPECT_EQ(seen_.job.get_future().wait_for(10s), std::future_status::ready);
    runner.stop();
}

TEST_F(RunnerTest, KeepsAJobAfterAnUnknownException) {
    Runner runner(options(), clock_, [this](boost::asio::io_context& io, db::Database&) {
        boost::asio::post(io, [] { throw 42; });  // as may a detached task
        return Work{{{"surprise", 1s, [this](Instant now) { return surprise(seen_, now); }}}, subscriptions()};
    });
    runner.start();
    EXPECT_EQ(seen_.job.get_future().wait_for(10s), std::future_status::ready);
    runner.stop();
}

TEST_F(RunnerTest, StopsWithinItsLimitAlthoughAJobHangs) {
    auto hasty = options();
    hasty.stop_limit = 50ms;
    Runner runner(hasty, clock_, [this](boost::asio::io_context&, db::Database&) {
        return Work{{{"stuck", 1s, [this](Instant now) { return never_end(seen_, now); }}}, {}};
    });
    runner.start();
    ASSERT_EQ(seen_.job.get_future().wait_for(10s), std::future_status::ready);
    const auto before = std::chrono::steady_clock::now();
    runner.stop();
    EXPECT_LT(std::chrono::steady_clock::now() - before, 5s);
    runner.stop();  // stopping again has no effect
}

TEST_F(RunnerTest, MayBeDestroyedWithoutStarting) {
    const Runner idle(options(), clock_,
                      [this](boost::asio::io_context&, db::Database&) { return Work{{}, subscriptions()}; });
    EXPECT_THROW(Runner(options(), clock_,
                        [](boost::asio::io_context&, db::Database&) -> Work { throw std::runtime_error("no work"); }),
                 std::runtime_error);
}

}  // namespace
}  // namespace safargo::jobs
