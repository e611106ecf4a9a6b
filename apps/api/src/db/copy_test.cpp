#include "core/failures.hpp"
#include "testing/test_database.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace safargo::db {
namespace {

using testing::run;

constexpr Statement count_places{"count_places", "select count(*), sum(id)::int8 from places"};
constexpr std::string_view copy_to_table = "copy places (id, name) from stdin";
constexpr std::string_view copy_to_client = "copy (select id, name from places order by id) to stdout";

class CopyTest : public ::testing::Test {
protected:
    CopyTest() { database.execute("create table places (id int8 primary key check (id > 0), name text not null)"); }

    // Rows first..last in chunks of a few rows; occasionally splits a row over two chunks.
    static std::function<bool(std::string&)> rows(std::int64_t first, std::int64_t last) {
        return [next = first, last, rest = std::string()](std::string& chunk) mutable {
            if (next > last && rest.empty()) return false;
            chunk = std::exchange(rest, {});
            for (int i = 0; i < 100 && next <= last; ++i, ++next) chunk += fmt::format("{}\tبجاية {}\n", next, next);
            if (next <= last) {
                rest = chunk.substr(chunk.size() - 5);
                chunk.resize(chunk.size() - 5);
            }
            return true;
        };
    }
    std::int64_t count() { return run(db.query(count_places))[0].get<std::int64_t>(0); }

    testing::TestDatabase database{testing::TestDatabase::Start::empty};
    Database& db = database.db();
};

TEST_F(CopyTest, InAndOut) {
    constexpr std::int64_t total = 50'000;
    Transaction transaction = run(db.begin());
    EXPECT_EQ(run(transaction.copy_in(copy_to_table, rows(1, total))), total);
    const Rows inside = run(transaction.query(count_places));  // the connection pipelines again
    EXPECT_EQ(inside[0].get<std::int64_t>(1), total * (total + 1) / 2);
    std::int64_t received = 0;
    std::string last;
    EXPECT_EQ(run(transaction.copy_out(copy_to_client, [&](std::string_view row) { ++received, last = row; })), total);
    run(transaction.commit());
    EXPECT_EQ(received, total);
    EXPECT_EQ(last, "50000\tبجاية 50000\n");
    EXPECT_EQ(count(), total);
    EXPECT_EQ(db.status().idle, 1U);
}

TEST_F(CopyTest, AnEmptyCopyCountsZeroRows) {
    Transaction transaction = run(db.begin());
    EXPECT_EQ(run(transaction.copy_in(copy_to_table, [](std::string&) { return false; })), 0);
    EXPECT_EQ(run(transaction.copy_out(copy_to_client, [](std::string_view) { FAIL(); })), 0);
}

TEST_F(CopyTest, ABadRowFailsTheCopyAndTheTransactionWithoutQuotingIt) {
    Transaction transaction = run(db.begin());
    const auto bad = [sent = false](std::string& chunk) mutable {
        chunk = "0\tsecret\n";
        return !std::exchange(sent, true);
    };
    try {
        run(transaction.copy_in(copy_to_table, bad));
        FAIL();
    } catch (const DatabaseError& error) {
        EXPECT_EQ(error.constraint, "places_id_check");
        EXPECT_THAT(error.what(), ::testing::Not(::testing::HasSubstr("secret")));
    }
    EXPECT_THROW(run(transaction.query(count_places)), DatabaseError);
    run(transaction.rollback());
    EXPECT_EQ(count(), 0);
    EXPECT_EQ(db.status().idle, 1U);
}

TEST_F(CopyTest, AWriterThatThrowsLeavesNoRows) {
    {
        Transaction transaction = run(db.begin());
        const auto broken = [sent = false](std::string& chunk) mutable -> bool {
            if (std::exchange(sent, true)) throw std::runtime_error("no more");
            chunk = "1\tx\n";
            return true;
        };
        EXPECT_THROW(run(transaction.copy_in(copy_to_table, broken)), std::runtime_error);
    }
    EXPECT_EQ(db.status().idle, 0U);
    EXPECT_EQ(count(), 0);
}

TEST_F(CopyTest, AReaderThatThrowsLeavesNoRows) {
    database.execute("insert into places select n, 'x' from generate_series(1, 1000) n");
    {
        Transaction transaction = run(db.begin());
        EXPECT_THROW(run(transaction.copy_out(copy_to_client, [](std::string_view) { throw std::runtime_error("x"); })),
                     std::runtime_error);
    }
    EXPECT_EQ(db.status().idle, 0U);
    EXPECT_EQ(count(), 1'000);
}

TEST_F(CopyTest, OtherStatementsAreRefused) {
    Transaction transaction = run(db.begin());
    EXPECT_THROW(run(transaction.copy_out("select 1", [](std::string_view) {})), std::logic_error);
    EXPECT_EQ(run(transaction.query(count_places))[0].get<std::int64_t>(0), 0);
    EXPECT_THROW(run(transaction.copy_in("copy nowhere from stdin", rows(1, 2))), DatabaseError);
}

TEST_F(CopyTest, ACopyMayOutlastTheStatementTimeout) {
    Options options = database.options();
    options.statement_timeout = std::chrono::milliseconds{200};
    Database hurried(testing::shared_context()->get_executor(), options);
    Transaction transaction = run(hurried.begin());
    std::int64_t received = 0;
    constexpr std::string_view slow = "copy (select n, pg_sleep(0.1) from generate_series(1, 4) n) to stdout";
    EXPECT_EQ(run(transaction.copy_out(slow, [&](std::string_view) { ++received; })), 4);
    EXPECT_EQ(received, 4);
    EXPECT_THROW(run(transaction.query({"sleep", "select pg_sleep(5)"})), DeadlineExceeded);
}

}  // namespace
}  // namespace safargo::db
