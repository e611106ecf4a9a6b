// Deferred statements, which are sent with the transaction's next statement.
#include "testing/test_database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace safargo::db {
namespace {

using ::testing::ElementsAre;
using testing::run;

constexpr Statement insert_number{"insert_number", "insert into numbers (number) values ($1)"};
constexpr Statement find_all{"find_all", "select coalesce(string_agg(number::text, ',' order by at), '') from numbers"};
constexpr Refusal refusals[] = {{"numbers_pkey", Code::already_exists}};

class DeferredTest : public ::testing::Test {
protected:
    DeferredTest() { database.execute("create table numbers (number int primary key, at serial)"); }
    // What is committed, read outside the transaction.
    std::string committed() { return run(database.db().query(find_all))[0].get<std::string>(0); }
    static std::string seen_by(Transaction& tx) { return run(tx.query(find_all))[0].get<std::string>(0); }
    Options observed() {
        Options options = database.options();
        options.on_statement = [this](std::string_view name, std::chrono::nanoseconds took, bool ok) {
            names.emplace_back(ok ? name : "failed");
            round_trips.insert(took.count());  // statements of one round trip share one duration
        };
        return options;
    }

    testing::TestDatabase database{testing::TestDatabase::Start::empty};
    std::vector<std::string> names;
    std::set<std::int64_t> round_trips;
    Database db{testing::shared_context()->get_executor(), observed()};
};

TEST_F(DeferredTest, TheyAreSentBeforeTheNextStatementInItsRoundTrip) {
    Transaction tx = run(db.begin());
    tx.defer(insert_number, 1);
    tx.defer(insert_number, 2);
    EXPECT_TRUE(names.empty());
    EXPECT_EQ(seen_by(tx), "1,2");
    EXPECT_THAT(names, ElementsAre("insert_number", "insert_number", "find_all"));
    EXPECT_EQ(round_trips.size(), 1U);
    EXPECT_EQ(seen_by(tx), "1,2") << "once";
    run(tx.commit());
    EXPECT_EQ(committed(), "1,2");
}

TEST_F(DeferredTest, TheyAreSentWithTheCommit) {
    Transaction tx = run(db.begin());
    run(tx.query(insert_number, 1));
    tx.defer(insert_number, 2);
    round_trips.clear();
    run(tx.commit());
    EXPECT_THAT(names, ElementsAre("insert_number", "insert_number", "commit"));
    EXPECT_EQ(round_trips.size(), 1U);
    EXPECT_EQ(committed(), "1,2");
}

TEST_F(DeferredTest, ATransactionMayContainNothingElse) {
    Transaction tx = run(db.begin());
    tx.defer(insert_number, 1);
    run(tx.commit());
    EXPECT_EQ(committed(), "1");
}

TEST_F(DeferredTest, ARollbackDropsThem) {
    Transaction undone = run(db.begin());
    undone.defer(insert_number, 1);
    run(undone.rollback());
    {
        Transaction left = run(db.begin());
        run(left.query(insert_number, 2));
        left.defer(insert_number, 3);
    }
    EXPECT_EQ(committed(), "");
}

TEST_F(DeferredTest, ASavepointSendsEarlierOnesAndItsRollbackDropsLaterOnes) {
    Transaction tx = run(db.begin());
    tx.defer(insert_number, 1);
    run(tx.savepoint("effect"));
    tx.defer(insert_number, 2);
    run(tx.rollback_to("effect"));
    tx.defer(insert_number, 3);
    run(tx.commit());
    EXPECT_EQ(committed(), "1,3");
}

TEST_F(DeferredTest, AnErrorNamesTheDeferredStatementAndIgnoresTheRefusalsOfTheNext) {
    Transaction tx = run(db.begin());
    run(tx.query(insert_number, 1));
    tx.defer(insert_number, 1);
    try {
        (void)run(tx.try_query(find_all, refusals));
        FAIL();
    } catch (const DatabaseError& error) {
        EXPECT_EQ(error.statement, "insert_number");
        EXPECT_EQ(error.constraint, "numbers_pkey");
    }
    EXPECT_THROW(run(tx.commit()), DatabaseError);
    EXPECT_EQ(committed(), "");
}

TEST_F(DeferredTest, ARefusalOfTheNextStatementIsStillReported) {
    Transaction tx = run(db.begin());
    tx.defer(insert_number, 1);
    EXPECT_EQ(run(tx.try_query(insert_number, refusals, 1)).error().code, Code::already_exists);
}

TEST_F(DeferredTest, AnErrorAtTheCommitUndoesEverything) {
    Transaction tx = run(db.begin());
    run(tx.query(insert_number, 1));
    tx.defer(insert_number, 1);
    EXPECT_THROW(run(tx.commit()), DatabaseError);
    EXPECT_EQ(committed(), "");
}

}  // namespace
}  // namespace safargo::db
