// The pool's limit, queue and deadline.
#include "core/failures.hpp"
#include "testing/test_database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

namespace safargo::db {
namespace {

using ::testing::HasSubstr;
using testing::run;

constexpr Statement one{"one", "select 1"};

Task<void> ask(Database& db, std::vector<int>& done, int number) {
    co_await db.query(one);
    done.push_back(number);
}

Task<void> let_go(Database& db, std::optional<Transaction>& held, std::size_t expected_waiting) {
    EXPECT_EQ(db.status().waiting, expected_waiting);
    held.reset();
    co_return;
}

Task<void> close(Database& db) {
    db.close();
    co_return;
}

struct Seen {
    std::vector<PoolStatus> states;
    std::size_t most_active = 0, most_waiting = 0;
    void operator()(const PoolStatus& now) {
        states.push_back(now);
        most_active = std::max(most_active, now.active);
        most_waiting = std::max(most_waiting, now.waiting);
    }
};

class PoolTest : public ::testing::Test {
protected:
    Database& open(std::size_t size, std::chrono::milliseconds wait = std::chrono::seconds{2}) {
        Options options = database.options();
        options.pool_size = size;
        options.pool_wait = wait;
        options.on_pool = [all = seen](const PoolStatus& now) { (*all)(now); };
        opened = std::make_unique<Database>(testing::shared_context()->get_executor(), std::move(options));
        return *opened;
    }

    // The last observed status equals status().
    void expect_seen(const Database& db) {
        const PoolStatus now = db.status();
        EXPECT_EQ(seen->states.back().idle, now.idle);
        EXPECT_EQ(seen->states.back().active, now.active);
        EXPECT_EQ(seen->states.back().waiting, now.waiting);
    }

    testing::TestDatabase database{testing::TestDatabase::Start::empty};
    std::shared_ptr<Seen> seen = std::make_shared<Seen>();
    std::unique_ptr<Database> opened;
    std::vector<int> done;
};

TEST_F(PoolTest, RespectsItsLimitAndServesTheQueueInOrder) {
    Database& db = open(2);
    std::optional<Transaction> first = run(db.begin());
    std::optional<Transaction> second = run(db.begin());
    EXPECT_EQ(db.status().active, 2U);
    std::vector<Task<void>> tasks;
    for (int number = 1; number <= 3; ++number) tasks.push_back(ask(db, done, number));
    tasks.push_back(let_go(db, first, 3));
    testing::run_all(std::move(tasks));
    EXPECT_THAT(done, ::testing::ElementsAre(1, 2, 3));
    EXPECT_EQ(db.status().active, 1U);
    EXPECT_EQ(db.status().idle, 1U);
    expect_seen(db);
    EXPECT_EQ(seen->most_active, 2U);
    EXPECT_EQ(seen->most_waiting, 3U);
    second.reset();
    expect_seen(db);
    EXPECT_EQ(db.status().idle, 2U);
}

TEST_F(PoolTest, WaitingForAConnectionTimesOut) {
    Database& db = open(1, std::chrono::milliseconds{50});
    const Transaction held = run(db.begin());
    try {
        run(db.query(one));
        FAIL();
    } catch (const DependencyUnavailable& failure) {
        EXPECT_EQ(failure.dependency, "database");
        EXPECT_THAT(failure.what(), HasSubstr("50 ms"));
    }
    EXPECT_EQ(db.status().waiting, 0U);
}

TEST_F(PoolTest, ManyCallersShareFewConnections) {
    Database& db = open(3);
    std::vector<Task<void>> tasks;
    for (int number = 0; number < 200; ++number) tasks.push_back(ask(db, done, number));
    testing::run_all(std::move(tasks));
    EXPECT_EQ(done.size(), 200U);
    EXPECT_EQ(db.status().idle, 3U);
    EXPECT_EQ(db.status().active, 0U);
}

TEST_F(PoolTest, TheQueueSurvivesUnusableConnections) {
    Database& db = open(1);
    std::optional<Transaction> broken = run(db.begin());
    const int pid = run(broken->query({"backend", "select pg_backend_pid()"}))[0].get<int>(0);
    run(database.db().query({"kill", "select pg_terminate_backend($1, 5000)"}, pid));
    EXPECT_THROW(run(broken->query(one)), DependencyUnavailable);
    std::vector<Task<void>> tasks;
    tasks.push_back(ask(db, done, 1));
    tasks.push_back(ask(db, done, 2));
    tasks.push_back(let_go(db, broken, 2));
    testing::run_all(std::move(tasks));
    EXPECT_THAT(done, ::testing::ElementsAre(1, 2));
    EXPECT_EQ(db.status().idle, 1U);
}

TEST_F(PoolTest, ClosedItRefusesEveryoneAndKeepsNothing) {
    Database& db = open(1);
    std::optional<Transaction> held = run(db.begin());
    std::vector<Task<void>> tasks;
    tasks.push_back(ask(db, done, 1));
    tasks.push_back(close(db));
    EXPECT_THROW(testing::run_all(std::move(tasks)), DependencyUnavailable);
    EXPECT_THROW(run(db.query(one)), DependencyUnavailable);
    EXPECT_FALSE(run(db.ping()));
    run(held->query(one));  // work in progress may finish
    run(held->commit());
    EXPECT_EQ(db.status().idle + db.status().active, 0U);
}

TEST_F(PoolTest, ATransactionMayOutliveItsDatabase) {
    Database& db = open(1);
    Transaction held = run(db.begin());
    opened.reset();
    run(held.query(one));
    run(held.commit());
}

}  // namespace
}  // namespace safargo::db
