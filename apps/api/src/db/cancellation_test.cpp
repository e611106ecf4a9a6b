// Cancels a task after its first step, its second, … until it finishes by itself. In each case the reported result must
// match the table, and the pool must stay usable.
#include "testing/cancellable.hpp"
#include "testing/test_database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <optional>

namespace safargo::db {
namespace {

using testing::Cancellable;
using testing::run;
using testing::turn;

constexpr Statement one{"one", "select 1"};
constexpr Statement write{"write", "insert into marks values ($1)"};
constexpr Statement count{"count", "select count(*)::int4 from marks"};
constexpr Statement clear{"clear", "delete from marks"};
constexpr Statement wait_and_write{"wait_and_write",
                                   "with nap as materialized (select pg_sleep(0.05)) "
                                   "insert into marks select 1 from nap"};

struct WriteTwo {
    Task<Result<Nothing>> operator()(Transaction& tx) const {
        co_await tx.query(write, 1);
        co_await tx.query(one);
        tx.defer(write, 2);
        co_return Nothing{};
    }
};

Task<void> write_two(Database& db, bool& told) {
    const Result<Nothing> written = co_await db.transact<Nothing>(WriteTwo{});
    told = written.has_value();
}

Task<void> write_by_itself(Database& db, const Statement& statement, bool& told) {
    if (statement.name == write.name) {
        co_await db.query(statement, 1);
    } else {
        co_await db.query(statement);
    }
    told = true;
}

Task<void> read(Database& db, bool& answered) {
    answered = (co_await db.query(one)).size() == 1;
}

class Cancellation : public ::testing::Test {
protected:
    Cancellation() { database.execute("create table marks (mark int4)"); }

    Database& open(std::size_t connections) {
        Options options = database.options();
        options.pool_size = connections;
        opened = std::make_unique<Database>(testing::shared_context()->get_executor(), std::move(options));
        return *opened;
    }
    int marks() { return run(database.db().query(count))[0].get<int>(0); }

    void turn_until_waiting(const Cancellable& task, std::size_t waiting) {
        while (opened->status().waiting < waiting) turn(task, 1);
    }

    // Cancels each run one step later until one finishes first; false if none does.
    template <class Start>
    bool cancel_at_each_step(Start start, int written) {
        for (std::size_t steps = 0; steps < 500; ++steps) {
            bool told = false;
            Cancellable task(start(told));
            turn(task, steps);
            const bool by_itself = task.ended();
            task.cancel();
            task.wait();
            EXPECT_EQ(marks(), told ? written : 0) << "after step " << steps;
            EXPECT_EQ(opened->status().active, 0U) << "after step " << steps;
            EXPECT_EQ(opened->status().waiting, 0U) << "after step " << steps;
            run(database.db().query(clear));
            if (by_itself) return steps > 0 && told;
        }
        return false;
    }

    testing::TestDatabase database{testing::TestDatabase::Start::empty};
    std::unique_ptr<Database> opened;
};

TEST_F(Cancellation, ATransactionIsWholeOrNothing) {
    Database& db = open(2);
    EXPECT_TRUE(cancel_at_each_step([&](bool& told) { return write_two(db, told); }, 2));
}

TEST_F(Cancellation, AnAutocommittedStatementIsReported) {
    Database& db = open(1);
    EXPECT_TRUE(cancel_at_each_step([&](bool& told) { return write_by_itself(db, write, told); }, 1));
}

// The answer is awaited: after a timeout was reported, the row must not appear a moment later.
TEST_F(Cancellation, ASlowAutocommittedStatementIsReported) {
    Database& db = open(1);
    run(db.query(one));
    bool told = false;
    Cancellable task(write_by_itself(db, wait_and_write, told));
    while (db.status().active == 0) turn(task, 1);
    task.cancel();
    task.wait();
    EXPECT_TRUE(told);
    EXPECT_EQ(marks(), 1);
}

TEST_F(Cancellation, AReadStopsWaiting) {
    Database& db = open(1);
    constexpr Statement sleeps{"sleeps", "select pg_sleep(4)"};
    run(db.query(one));
    bool told = false;
    Cancellable task(write_by_itself(db, sleeps, told));
    while (db.status().active == 0) turn(task, 1);
    task.cancel();
    const auto began = std::chrono::steady_clock::now();
    task.wait();
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(3));
    EXPECT_FALSE(told);
    EXPECT_EQ(db.status().idle, 0U) << "answers to earlier statements may still arrive on it";
}

TEST_F(Cancellation, AWaitingTaskLeavesTheQueue) {
    Database& db = open(1);
    std::optional<Transaction> held(run(db.begin()));
    bool answered = false;
    Cancellable task(read(db, answered));
    turn_until_waiting(task, 1);
    task.cancel();
    task.wait();
    EXPECT_EQ(db.status().waiting, 0U);
    held.reset();
    EXPECT_EQ(db.status().idle, 1U);
    EXPECT_FALSE(answered);
}

// Cancels one member of a shared batch after each number of steps; the others still get their answers.
TEST_F(Cancellation, LeavingASharedBatchDoesNotAffectTheOthers) {
    Database& db = open(1);
    for (std::size_t leaver = 0; leaver < 3; ++leaver) {
        for (std::size_t steps = 0; steps < 12; ++steps) {
            std::optional<Transaction> held(run(db.begin()));
            run(held->query(one));
            std::deque<bool> answered(3, false);
            std::deque<Cancellable> members;
            for (std::size_t member = 0; member < 3; ++member) members.emplace_back(read(db, answered[member]));
            turn_until_waiting(members.back(), 3);
            held.reset();
            turn(members.back(), steps);
            members[leaver].cancel();
            for (const Cancellable& member : members) member.wait();
            for (std::size_t member = 0; member < 3; ++member) {
                if (member != leaver) EXPECT_TRUE(answered[member]) << leaver << " left after step " << steps;
            }
            EXPECT_EQ(run(db.query(one)).size(), 1U);
        }
    }
}

}  // namespace
}  // namespace safargo::db
