// Single statements and batches: constraints, no data in errors, prepared statements.
#include "testing/test_database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace safargo::db {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::run;

constexpr Statement insert_user{"insert_user", "insert into users (id, phone, age) values ($1, $2, $3)"};
constexpr Statement count_users{"count_users", "select count(*) from users"};
constexpr Statement update_age{"update_age", "update users set age = $1"};
constexpr Statement insert_visit{"insert_visit", "insert into visits (user_id, during) values ($1, $2::tstzrange)"};
constexpr Statement select_row{"select_row", "select * from users order by id"};

constexpr Refusal refusals[] = {
    {"users_phone_key", Code::already_exists, "phone"},
    {"users_age_check", Code::validation_failed},
    {"visits_no_overlap", Code::overlapping_booking},
    {"visits_user_id_fkey", Code::not_found},
};

class SessionTest : public ::testing::Test {
protected:
    SessionTest() {
        database.execute(
            "create extension btree_gist;"
            "create table users (id int primary key, phone text not null, age int, "
            "constraint users_phone_key unique (phone), constraint users_age_check check (age >= 0));"
            "create table visits (user_id int references users, during tstzrange, "
            "constraint visits_no_overlap exclude using gist (user_id with =, during with &&))");
    }
    std::int64_t users() { return run(db.query(count_users))[0].get<std::int64_t>(0); }
    Result<Rows> try_insert(int id, std::string phone, int age) {
        return run(db.try_query(insert_user, refusals, id, phone, age));
    }

    testing::TestDatabase database{testing::TestDatabase::Start::empty};
    Database& db = database.db();
};

TEST_F(SessionTest, WritesReturnTheNumberOfRows) {
    EXPECT_EQ(run(db.query(insert_user, 1, "+213555000001", 30)).affected(), 1);
    EXPECT_EQ(run(db.query(insert_user, 2, "+213555000002", std::optional<int>{})).affected(), 1);
    EXPECT_EQ(run(db.query(update_age, 31)).affected(), 2);
    EXPECT_EQ(users(), 2);
}

TEST_F(SessionTest, AListedConstraintIsAnError) {
    ASSERT_TRUE(try_insert(1, "+213555000001", 30));
    const auto taken = try_insert(2, "+213555000001", 30);
    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().code, Code::already_exists);
    EXPECT_EQ(taken.error().fields, (std::vector<FieldError>{{"phone", {Rule::duplicate_value}}}));
    const auto checked = try_insert(2, "+213555000002", -1);
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error(), (Error{.code = Code::validation_failed}));
}

TEST_F(SessionTest, ExclusionAndForeignKeyAreErrorsToo) {
    ASSERT_TRUE(try_insert(1, "+213555000001", 30));
    const auto visit = [&](int user, std::string during) {
        return run(db.try_query(insert_visit, refusals, user, during));
    };
    ASSERT_TRUE(visit(1, "[2026-12-03 07:00+00, 2026-12-03 12:00+00)"));
    EXPECT_TRUE(visit(1, "[2026-12-03 12:00+00, 2026-12-03 13:00+00)"));
    EXPECT_EQ(visit(1, "[2026-12-03 11:00+00, 2026-12-03 14:00+00)").error().code, Code::overlapping_booking);
    EXPECT_EQ(visit(9, "[2026-12-03 11:00+00, 2026-12-03 14:00+00)").error().code, Code::not_found);
}

TEST_F(SessionTest, AnUnlistedConstraintIsThrownWithoutValues) {
    ASSERT_TRUE(try_insert(1, "+213555000001", 30));
    try {
        run(db.query(insert_user, 2, "+213555000001", 30));
        FAIL();
    } catch (const DatabaseError& error) {
        EXPECT_EQ(error.sqlstate, "23505");
        EXPECT_EQ(error.constraint, "users_phone_key");
        EXPECT_EQ(error.statement, "insert_user");
        EXPECT_THAT(error.what(), HasSubstr("insert_user"));
        EXPECT_THAT(error.what(), Not(HasSubstr("555")));
    }
    EXPECT_THROW(try_insert(1, "+213555000002", 30), DatabaseError);  // users_pkey is not listed
}

TEST_F(SessionTest, OtherErrorsContainNoValuesEither) {
    const auto what_of = [&](const Statement& statement, auto... values) -> std::string {
        try {
            run(db.query(statement, values...));
        } catch (const DatabaseError& error) {
            return error.what();
        }
        return "no error";
    };
    EXPECT_THAT(what_of({"cast", "select $1::uuid"}, "0555123456"), Not(HasSubstr("0555")));
    EXPECT_THAT(what_of({"raise", "select 1 / ($1::text = '0555')::int"}, "0555123456"), HasSubstr("22012"));
    EXPECT_THAT(what_of(insert_user, 5, std::optional<std::string>{}, 1), HasSubstr("column phone"));
    EXPECT_THAT(what_of({"typo", "select nam from users"}), HasSubstr("\"nam\" does not exist"));
    EXPECT_EQ(db.status().active, 0U);
}

TEST_F(SessionTest, ABatchReturnsResultsInOrder) {
    std::vector<Bound> batch;
    for (int id = 1; id <= 5; ++id) batch.push_back(db::bind(insert_user, id, std::to_string(id), id));
    batch.push_back(db::bind(count_users));
    const std::vector<Rows> rows = run(db.batch(std::move(batch)));
    ASSERT_EQ(rows.size(), 6U);
    EXPECT_EQ(rows[4].affected(), 1);
    EXPECT_EQ(rows[5][0].get<std::int64_t>(0), 5);
    EXPECT_TRUE(run(db.batch({})).empty());
}

TEST_F(SessionTest, AFailureInTheMiddleOfABatchUndoesAllOfIt) {
    std::vector<Bound> batch;
    batch.push_back(db::bind(insert_user, 1, "a", 1));
    batch.push_back(db::bind(update_age, -1));
    batch.push_back(db::bind(insert_user, 2, "b", 2));
    try {
        run(db.batch(std::move(batch)));
        FAIL();
    } catch (const DatabaseError& error) {
        EXPECT_EQ(error.statement, "update_age");
        EXPECT_EQ(error.constraint, "users_age_check");
    }
    EXPECT_EQ(users(), 0);
    EXPECT_EQ(db.status().idle, 1U);     // the connection is still usable,
    EXPECT_TRUE(try_insert(2, "b", 2));  // and skipped statements are prepared now
    EXPECT_EQ(run(db.query(update_age, 3)).affected(), 1);
}

TEST_F(SessionTest, ABatchLargerThanTheSocketBuffersWorks) {
    std::vector<Bound> batch;
    const std::string large(1'000'000, 'x');
    for (int i = 0; i < 12; ++i) batch.push_back(db::bind({"echo", "select $1::text"}, large));
    const std::vector<Rows> rows = run(db.batch(std::move(batch)));
    ASSERT_EQ(rows.size(), 12U);
    EXPECT_EQ(rows[11][0].get<std::string_view>(0), large);
}

TEST_F(SessionTest, ADeferredConstraintFailsTheCommittingStatement) {
    database.execute(
        "create table entries (amount int, constraint entries_amount_key unique (amount) deferrable initially "
        "deferred)");
    constexpr Statement insert_entry{"insert_entry", "insert into entries values (7), (7)"};
    constexpr Refusal expected[] = {{"entries_amount_key", Code::already_exists}};
    const auto refused = run(db.try_query(insert_entry, expected));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::already_exists);
    EXPECT_EQ(users(), 0);
}

TEST_F(SessionTest, StatementsArePreparedOncePerParameterTypes) {
    constexpr Statement prepared{"prepared", "select count(*) from pg_prepared_statements where name like 'same%'"};
    constexpr Statement same{"same", "select $1 is null"};
    for (int i = 0; i < 3; ++i) run(db.query(same, 1));
    EXPECT_EQ(run(db.query(prepared))[0].get<std::int64_t>(0), 1);
    run(db.query(same, 1.5));
    run(db.query(same, true));
    EXPECT_EQ(run(db.query(prepared))[0].get<std::int64_t>(0), 3);
}

TEST_F(SessionTest, TwoTextsWithOneNameAreTwoStatements) {
    EXPECT_EQ(run(db.query({"built", "select 1"}))[0].get<std::int32_t>(0), 1);
    EXPECT_EQ(run(db.query({"built", "select 2"}))[0].get<std::int32_t>(0), 2);
}

TEST_F(SessionTest, AMigrationUnderPreparedStatementsIsTransparent) {
    ASSERT_TRUE(try_insert(1, "a", 1));
    run(db.query(select_row));
    database.execute("alter table users add column city text default 'Alger'");  // cached plan: 0A000
    EXPECT_EQ(run(db.query(select_row))[0].get<std::string>(3), "Alger");
    run(db.query({"deallocate", "deallocate all"}));  // 26000
    EXPECT_EQ(run(db.query(select_row)).size(), 1U);
}

TEST_F(SessionTest, CopyThroughQueryIsBreakage) {
    EXPECT_THROW(run(db.query({"copy", "copy users to stdout"})), std::runtime_error);
    EXPECT_EQ(users(), 0);
}

TEST_F(SessionTest, TheObserverSeesEveryStatement) {
    std::vector<std::string> heard;
    Options options = database.options();
    options.on_statement = [&](std::string_view name, std::chrono::nanoseconds took, bool ok) {
        EXPECT_GT(took.count(), 0);
        heard.push_back(std::string(name) + (ok ? "+" : "-"));
    };
    Database observed(testing::shared_context()->get_executor(), options);
    run(observed.query(count_users));
    EXPECT_THROW(run(observed.query(insert_user, 1, "a", -1)), DatabaseError);
    EXPECT_THAT(heard, ::testing::ElementsAre("count_users+", "insert_user-"));
}

}  // namespace
}  // namespace safargo::db
