// Transactions: commit, rollback and retry.
#include "core/failures.hpp"
#include "testing/gate.hpp"
#include "testing/test_database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace safargo::db {
namespace {

using testing::run;

constexpr Statement add_amount{"add_amount", "update accounts set amount = amount + $2 where id = $1"};
constexpr Statement read_amount{"read_amount", "select amount from accounts where id = $1"};
constexpr Statement write_amount{"write_amount", "update accounts set amount = $2 where id = $1"};
constexpr Statement insert_account{"insert_account", "insert into accounts (id, amount) values ($1, $2)"};
constexpr Statement backend{"backend", "select pg_backend_pid()"};
constexpr Refusal refusals[] = {{"accounts_pkey", Code::already_exists}};

class TransactionTest : public ::testing::Test {
protected:
    TransactionTest() {
        database.execute(
            "create table accounts (id int primary key, amount int not null, "
            "constraint accounts_amount_key unique (amount) deferrable initially deferred);"
            "insert into accounts values (1, 100), (2, 200)");
    }
    int amount(int id) { return run(db.query(read_amount, id))[0].get<int>(0); }

    testing::TestDatabase database{testing::TestDatabase::Start::empty};
    Database& db = database.db();
};

TEST_F(TransactionTest, CommitKeepsAndRollbackUndoes) {
    Transaction kept = run(db.begin());
    run(kept.query(add_amount, 1, 1));
    EXPECT_EQ(amount(1), 100);
    run(kept.commit());
    EXPECT_EQ(amount(1), 101);
    Transaction undone = run(db.begin());
    run(undone.query(add_amount, 1, 1));
    run(undone.rollback());
    EXPECT_EQ(amount(1), 101);
    EXPECT_THROW(run(undone.query(add_amount, 1, 1)), std::logic_error);
    EXPECT_THROW(run(kept.commit()), std::logic_error);
}

TEST_F(TransactionTest, IsolationIsWhatWasAskedFor) {
    constexpr Statement isolation{"isolation", "select current_setting('transaction_isolation')"};
    const auto level = [&](Isolation wanted) {
        Transaction transaction = run(db.begin(wanted));
        return run(transaction.query(isolation))[0].get<std::string>(0);
    };
    EXPECT_EQ(level(Isolation::read_committed), "read committed");
    EXPECT_EQ(level(Isolation::repeatable_read), "repeatable read");
    EXPECT_EQ(level(Isolation::serializable), "serializable");
}

TEST_F(TransactionTest, DestroyedWithoutCommitItNeverLeaks) {
    Options options = database.options();
    options.pool_size = 1;
    Database single(testing::shared_context()->get_executor(), options);
    const int pid = run(single.query(backend))[0].get<int>(0);
    {
        Transaction left = run(single.begin());
        run(left.query(add_amount, 1, 1));
    }
    // The lock is released although nothing was awaited, and the connection is reused outside a transaction.
    EXPECT_EQ(run(db.query(add_amount, 1, 5)).affected(), 1);
    EXPECT_EQ(run(single.query(backend))[0].get<int>(0), pid);
    EXPECT_EQ(run(single.query(add_amount, 2, 1)).affected(), 1);
    EXPECT_EQ(amount(1), 105);
    EXPECT_EQ(amount(2), 201);
}

TEST_F(TransactionTest, DestroyedInAFailedStateItDoesNotLeakEither) {
    Options options = database.options();
    options.pool_size = 1;
    Database single(testing::shared_context()->get_executor(), options);
    {
        Transaction left = run(single.begin());
        EXPECT_EQ(run(left.try_query(insert_account, refusals, 1, 7)).error().code, Code::already_exists);
    }
    EXPECT_EQ(run(single.query(add_amount, 2, 1)).affected(), 1);
    EXPECT_EQ(amount(2), 201);
}

TEST_F(TransactionTest, EvenABareBeginThroughTheDatabaseIsCleanedUp) {
    Options options = database.options();
    options.pool_size = 1;
    Database single(testing::shared_context()->get_executor(), options);
    run(single.query({"bare", "begin"}));
    run(single.query(add_amount, 1, 1));
    EXPECT_EQ(amount(1), 101);
}

TEST_F(TransactionTest, CommitAfterAFailureIsNotSilentlyARollback) {
    Transaction transaction = run(db.begin());
    run(transaction.query(add_amount, 1, 1));
    EXPECT_FALSE(run(transaction.try_query(insert_account, refusals, 1, 7)));
    EXPECT_THROW(run(transaction.commit()), DatabaseError);
    EXPECT_EQ(amount(1), 100);
}

TEST_F(TransactionTest, DeferredConstraintsFailAtCommit) {
    Transaction transaction = run(db.begin());
    run(transaction.query(write_amount, 1, 200));
    try {
        run(transaction.commit());
        FAIL();
    } catch (const DatabaseError& error) {
        EXPECT_EQ(error.constraint, "accounts_amount_key");
    }
    EXPECT_EQ(amount(1), 100);
}

TEST_F(TransactionTest, SavepointsKeepEarlierWork) {
    Transaction transaction = run(db.begin());
    run(transaction.savepoint("before_try"));
    run(transaction.query(add_amount, 1, 1));
    run(transaction.savepoint("again"));
    EXPECT_FALSE(run(transaction.try_query(insert_account, refusals, 1, 7)));
    run(transaction.rollback_to("again"));
    run(transaction.commit());
    EXPECT_EQ(amount(1), 101);
    EXPECT_THROW(run(run(db.begin()).savepoint("x; drop table accounts")), std::invalid_argument);
}

TEST_F(TransactionTest, AfterCommitActionsRunAfterTheCommit) {
    std::vector<int> calls;
    Transaction kept = run(db.begin());
    run(kept.query(add_amount, 1, 1));
    kept.after_commit([&] {
        calls.push_back(amount(1));
        throw std::runtime_error("logged, not rethrown: the commit stands");
    });
    kept.after_commit([&] { calls.push_back(2); });
    EXPECT_TRUE(calls.empty());
    Transaction undone = run(db.begin());
    undone.after_commit([&] { calls.push_back(-1); });
    run(undone.rollback());
    {
        run(db.begin()).after_commit([&] { calls.push_back(-2); });
    }
    EXPECT_TRUE(calls.empty());
    run(kept.commit());
    EXPECT_THAT(calls, ::testing::ElementsAre(101, 2));
}

TEST_F(TransactionTest, ARollbackToASavepointDropsItsAfterCommitActions) {
    std::vector<int> calls;
    const auto note = [&calls](int call) { return [&calls, call] { calls.push_back(call); }; };
    Transaction transaction = run(db.begin());
    transaction.after_commit(note(1));
    run(transaction.savepoint("whole"));
    transaction.after_commit(note(-1));
    run(transaction.savepoint("part"));
    transaction.after_commit(note(-2));
    run(transaction.rollback_to("part"));
    run(transaction.rollback_to("whole"));
    transaction.after_commit(note(2));
    run(transaction.savepoint("whole"));  // shadows the first of that name
    transaction.after_commit(note(3));
    run(transaction.savepoint("part"));
    transaction.after_commit(note(-3));
    run(transaction.rollback_to("part"));
    transaction.after_commit(note(-4));
    run(transaction.rollback_to("part"));
    transaction.after_commit(note(4));
    EXPECT_TRUE(calls.empty());
    run(transaction.commit());
    EXPECT_THAT(calls, ::testing::ElementsAre(1, 2, 3, 4));
}

TEST_F(TransactionTest, ABatchedSavepointDropsItsAfterCommitActionsToo) {
    constexpr Statement begin_effect{"begin_effect", "savepoint effect"};
    std::vector<int> calls;
    Transaction transaction = run(db.begin());
    transaction.after_commit([&] { calls.push_back(1); });
    std::vector<Bound> steps;
    steps.push_back(bind(begin_effect));
    run(transaction.batch(std::move(steps)));
    transaction.note_savepoint("effect");
    transaction.after_commit([&] { calls.push_back(-1); });
    run(transaction.rollback_to("effect"));
    run(transaction.commit());
    EXPECT_THAT(calls, ::testing::ElementsAre(1));
}

TEST_F(TransactionTest, AnAfterCommitActionMayThrowAnything) {
    int calls = 0;
    Transaction transaction = run(db.begin());
    run(transaction.query(add_amount, 1, 1));
    transaction.after_commit([] { throw 42; });
    transaction.after_commit([&] { ++calls; });
    run(transaction.commit());
    EXPECT_EQ(calls, 1);
}

TEST_F(TransactionTest, AStalePlanAtTheFirstStatementStartsOver) {
    constexpr Statement everything{"everything", "select * from accounts order by id"};
    run(db.query(everything));
    database.execute("alter table accounts add column note text default 'x'");
    Transaction transaction = run(db.begin());
    EXPECT_EQ(run(transaction.query(everything))[0].get<std::string>(2), "x");
    run(transaction.commit());
}

// Work for transact(): named coroutines; what they use outlives them.
Task<Result<int>> add_and_answer(Transaction& transaction, Result<int> answer) {
    co_await transaction.query(add_amount, 1, 1);
    co_return answer;
}

TEST_F(TransactionTest, TransactCommitsAValueAndUndoesAnError) {
    EXPECT_EQ(run(db.transact<int>([](Transaction& tx) { return add_and_answer(tx, 5); })), 5);
    EXPECT_EQ(amount(1), 101);
    const auto refused =
        run(db.transact<int>([](Transaction& tx) { return add_and_answer(tx, fail(Code::forbidden)); }));
    EXPECT_EQ(refused.error().code, Code::forbidden);
    EXPECT_EQ(amount(1), 101);
    const Error keeping{.code = Code::boarding_code_invalid, .fields = {}, .retry_after = {}, .keeps_effects = true};
    const auto kept = run(db.transact<int>([&](Transaction& tx) { return add_and_answer(tx, fail(keeping)); }));
    EXPECT_EQ(kept.error(), keeping);
    EXPECT_EQ(amount(1), 102);
    EXPECT_EQ(db.status().active, 0U);
}

Task<Result<int>> collide(Transaction& transaction, Database& other, int& attempts, int collisions) {
    ++attempts;
    const Rows before = co_await transaction.query(read_amount, 1);
    if (attempts <= collisions) co_await other.query(add_amount, 1, 10);  // on another connection, committed
    const int next = before[0].get<int>(0) + 1;
    co_await transaction.query(write_amount, 1, next);
    co_return next;
}

TEST_F(TransactionTest, ALostRaceIsRetried) {
    int attempts = 0;
    const auto answer =
        run(db.transact<int>([&](Transaction& tx) { return collide(tx, db, attempts, 2); }, Isolation::serializable));
    EXPECT_EQ(answer, 121);
    EXPECT_EQ(attempts, 3);
    EXPECT_EQ(amount(1), 121);
}

TEST_F(TransactionTest, AfterThreeLostRacesItGivesUp) {
    int attempts = 0;
    try {
        run(db.transact<int>([&](Transaction& tx) { return collide(tx, db, attempts, 9); },
                             Isolation::repeatable_read));
        FAIL();
    } catch (const DatabaseError& error) {
        EXPECT_EQ(error.sqlstate, "40001");
    }
    EXPECT_EQ(attempts, 3);
    EXPECT_EQ(amount(1), 130);
    EXPECT_EQ(db.status().active, 0U);
}

struct Crossing {
    testing::Gate both_locked{2};
    int attempts = 0;
};

Task<Result<int>> lock_both(Transaction& transaction, Crossing& crossing, int first, int second) {
    ++crossing.attempts;
    co_await transaction.query(add_amount, first, 1);
    co_await crossing.both_locked.pass();
    co_await transaction.query(add_amount, second, 1);
    co_return 0;
}

Task<void> cross(Database& db, Crossing& crossing, int first, int second) {
    const auto done = co_await db.transact<int>(
        [&crossing, first, second](Transaction& tx) { return lock_both(tx, crossing, first, second); });
    EXPECT_TRUE(done);
}

TEST_F(TransactionTest, TheVictimOfADeadlockIsRetried) {
    Crossing crossing;
    std::vector<Task<void>> tasks;
    tasks.push_back(cross(db, crossing, 1, 2));
    tasks.push_back(cross(db, crossing, 2, 1));
    testing::run_all(std::move(tasks));
    EXPECT_EQ(crossing.attempts, 3);
    EXPECT_EQ(amount(1), 102);
    EXPECT_EQ(amount(2), 202);
}

}  // namespace
}  // namespace safargo::db
