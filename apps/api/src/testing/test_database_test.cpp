#include "testing/test_database.hpp"

#include "db/blocking_connection.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace safargo::testing {
namespace {

constexpr db::Statement count_extensions{"count_extensions",
                                         "select count(*) from pg_extension where extname in "
                                         "('btree_gist', 'pg_trgm', 'unaccent')"};
constexpr db::Statement trigrams{"trigrams", "select array_length(show_trgm('بجاية'), 1)"};

TEST(TestDatabase, IsMigratedAndFindsArabic) {
    TestDatabase database;
    EXPECT_EQ(run(database.db().query(count_extensions))[0].get<std::int64_t>(0), 3);
    EXPECT_GT(run(database.db().query(trigrams))[0].get<int>(0), 0);
}

TEST(TestDatabase, EachIsSeparateAndDroppedWithItsObject) {
    std::string name;
    {
        TestDatabase first, second;
        name = first.name();
        first.execute("create table only_here (id int)");
        EXPECT_THROW(second.execute("select * from only_here"), db::BlockingError);
    }
    db::BlockingConnection server(server_url());
    EXPECT_TRUE(server.query("select 1 from pg_database where datname = $1", {name}).empty());
}

TEST(TestServer, FailsLoudlyWithoutItsVariable) {
    const std::string url = server_url();
    ::unsetenv("SAFARGO_TEST_POSTGRES");
    EXPECT_THROW(TestDatabase(), std::runtime_error);
    ::setenv("SAFARGO_TEST_POSTGRES", url.c_str(), 1);
}

TEST(TestServer, ChangesTheHostAndDatabaseOfItsUrl) {
    const std::string before = server_url();
    ::setenv("SAFARGO_TEST_POSTGRES", "postgresql://me:pw@db.example:6000/postgres?sslmode=disable", 1);
    EXPECT_EQ(url_of("x"), "postgresql://me:pw@db.example:6000/x?sslmode=disable");
    EXPECT_EQ(url_at(7000, "x"), "postgresql://me:pw@127.0.0.1:7000/x?sslmode=disable");
    EXPECT_EQ(server_address().host, "db.example");
    EXPECT_EQ(server_address().port, 6000);
    ::setenv("SAFARGO_TEST_POSTGRES", "postgresql://db.example", 1);
    EXPECT_EQ(url_of("x"), "postgresql://db.example/x");
    EXPECT_EQ(server_address().port, 5432);
    ::setenv("SAFARGO_TEST_POSTGRES", before.c_str(), 1);
}

Task<int> forty_two() {
    co_return 42;
}
Task<void> broken() {
    throw std::runtime_error("broken");
    co_return;
}

TEST(RunTask, ReturnsOrThrowsWhatTheTaskDoes) {
    EXPECT_EQ(run(forty_two()), 42);
    EXPECT_THROW(run(broken()), std::runtime_error);
}

}  // namespace
}  // namespace safargo::testing
