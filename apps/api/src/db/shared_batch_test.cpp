// Statements that wait for a connection and share a round trip do not affect each other.
#include "core/failures.hpp"
#include "testing/test_database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

namespace safargo::db {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

constexpr Statement one{"one", "select 1"};
constexpr Statement breaks{"breaks", "select 1 / $1::int4"};
constexpr Statement sleeps{"sleeps", "select 1 from pg_sleep(60)"};
constexpr Statement naps{"naps", "select 1 from pg_sleep(0.3)"};
constexpr Statement dies{"dies", "select pg_terminate_backend(pg_backend_pid())"};
constexpr Statement writes{"writes", "insert into marks values ($1)"};
constexpr Statement reads{"reads", "select * from marks"};

using Log = std::vector<std::string>;

template <class... A>
Task<void> ask(Database& db, Log& log, std::string name, const Statement& statement, A... values) {
    try {
        const Rows rows = co_await db.query(statement, values...);
        log.push_back(name + " answered");
    } catch (const DeadlineExceeded&) {
        log.push_back(name + " too slow");
    } catch (const DependencyUnavailable&) {
        log.push_back(name + " lost");
    } catch (const DatabaseError&) {
        log.push_back(name + " failed");
    }
}

Task<void> transact(Database& db, Log& log) {
    Transaction transaction = co_await db.begin();
    co_await transaction.query(one);
    co_await transaction.commit();
    log.emplace_back("committed");
}

// Frees the connection once `waiting` callers are in the queue.
Task<void> let_go(Database& db, std::optional<Transaction>& held, std::size_t waiting) {
    EXPECT_EQ(db.status().waiting, waiting);
    held.reset();
    co_return;
}

class SharedBatch : public ::testing::Test {
protected:
    Database& open(std::chrono::milliseconds wait = 2s, std::chrono::milliseconds statement_timeout = 5s) {
        Options options = database.options();
        options.pool_size = 1;
        options.pool_wait = wait;
        options.statement_timeout = statement_timeout;
        options.on_statement = [this](std::string_view name, std::chrono::nanoseconds, bool answered) {
            observed.push_back(std::string(name) + (answered ? "" : " not"));
        };
        opened = std::make_unique<Database>(testing::shared_context()->get_executor(), std::move(options));
        held.emplace(testing::run(opened->begin()));
        return *opened;
    }
    // All tasks wait for the only connection, which is then freed.
    void run_batch(Database& db, std::vector<Task<void>> tasks) {
        const std::size_t waiting = tasks.size();
        tasks.push_back(let_go(db, held, waiting));
        testing::run_all(std::move(tasks));
        EXPECT_EQ(db.status().waiting, 0U);
    }
    template <class... T>
    static std::vector<Task<void>> tasks(T... task) {
        std::vector<Task<void>> all;
        (all.push_back(std::move(task)), ...);
        return all;
    }

    testing::TestDatabase database{testing::TestDatabase::Start::empty};
    std::unique_ptr<Database> opened;
    std::optional<Transaction> held;
    Log log, observed;
};

TEST_F(SharedBatch, IsAnsweredInQueueOrder) {
    Database& db = open();
    std::vector<Task<void>> all;
    for (int number = 1; number <= 9; ++number) all.push_back(ask(db, log, std::to_string(number), one));
    run_batch(db, std::move(all));
    ASSERT_EQ(log.size(), 9U);
    for (std::size_t k = 0; k < log.size(); ++k) EXPECT_EQ(log[k], std::to_string(k + 1) + " answered");
    EXPECT_EQ(std::ranges::count(observed, "one"), 9);
    EXPECT_EQ(db.status().idle, 1U);
}

TEST_F(SharedBatch, AFailureAffectsOnlyItsStatement) {
    Database& db = open();
    run_batch(db, tasks(ask(db, log, "first", breaks, 1), ask(db, log, "second", breaks, 0),
                        ask(db, log, "third", breaks, 1), ask(db, log, "fourth", one)));
    EXPECT_THAT(log, ElementsAre("first answered", "second failed", "third answered", "fourth answered"));
    EXPECT_THAT(observed, ElementsAre("breaks", "breaks not", "breaks", "one"));
}

TEST_F(SharedBatch, WritesCommitIndependently) {
    database.execute("create table marks (mark int4 primary key)");
    Database& db = open();
    run_batch(db, tasks(ask(db, log, "first", writes, 1), ask(db, log, "again", writes, 1),
                        ask(db, log, "second", writes, 2)));
    EXPECT_THAT(log, ElementsAre("first answered", "again failed", "second answered"));
    EXPECT_EQ(testing::run(db.query(reads)).size(), 2U);
}

TEST_F(SharedBatch, ATimeoutAffectsOnlyItsStatementAndTheConnectionIsDropped) {
    Database& db = open(2s, 300ms);
    run_batch(db, tasks(ask(db, log, "first", one), ask(db, log, "second", sleeps), ask(db, log, "third", one)));
    EXPECT_THAT(log, ElementsAre("first answered", "second too slow", "third answered"));
    EXPECT_EQ(db.status().idle, 0U);
    EXPECT_EQ(testing::run(db.query(one)).size(), 1U);
}

TEST_F(SharedBatch, ALostConnectionFailsTheUnansweredOnes) {
    Database& db = open();
    run_batch(db, tasks(ask(db, log, "first", one), ask(db, log, "second", dies), ask(db, log, "third", one),
                        ask(db, log, "fourth", one)));
    EXPECT_THAT(log, ElementsAre("first answered", "second lost", "third lost", "fourth lost"));
    EXPECT_EQ(testing::run(db.query(one)).size(), 1U) << "the next statement opens a connection";
}

// Otherwise a transaction would begin in the middle of another caller's batch.
TEST_F(SharedBatch, TransactionsRunAlone) {
    Database& db = open();
    run_batch(db, tasks(ask(db, log, "first", one), transact(db, log), ask(db, log, "second", one)));
    EXPECT_THAT(log, ::testing::UnorderedElementsAre("first answered", "second answered", "committed"));
}

TEST_F(SharedBatch, BatchMembersDoNotHitThePoolTimeout) {
    Database& db = open(100ms);
    run_batch(db, tasks(ask(db, log, "first", naps), ask(db, log, "second", one)));
    EXPECT_THAT(log, ElementsAre("first answered", "second answered"));
}

TEST_F(SharedBatch, AChangedTableIsReadAgain) {
    database.execute("create table marks (mark int4 primary key)");
    Database& db = open();
    held.reset();
    EXPECT_EQ(testing::run(db.query(reads)).size(), 0U);
    database.execute("alter table marks add column colour text");
    held.emplace(testing::run(db.begin()));
    run_batch(db, tasks(ask(db, log, "first", reads), ask(db, log, "second", reads), ask(db, log, "third", one)));
    EXPECT_THAT(log, ::testing::UnorderedElementsAre("first answered", "second answered", "third answered"));
}

}  // namespace
}  // namespace safargo::db
