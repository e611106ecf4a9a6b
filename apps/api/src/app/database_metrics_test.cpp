#include "app/database_metrics.hpp"

#include "core/metrics.hpp"
#include "testing/test_database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace safargo::app {
namespace {

using ::testing::HasSubstr;

constexpr db::Statement one{"test_one", "select 1"};

class DatabaseMetricsTest : public ::testing::Test {
protected:
    std::unique_ptr<db::Database> open() {
        db::Options options = database.options();
        options.pool_size = 5;
        options.application_name = "meter";
        observe(options);
        return std::make_unique<db::Database>(testing::shared_context()->get_executor(), std::move(options));
    }
    static void expect(const std::string& what, int value) {
        const std::string line = "safargo_db_connections_" + what + "{pool=\"meter\"} " + std::to_string(value) + "\n";
        EXPECT_THAT(metrics::render(), HasSubstr(line));
    }

    testing::TestDatabase database{testing::TestDatabase::Start::empty};
};

TEST_F(DatabaseMetricsTest, ShowTheConnectionsOfAllPoolsAndTheirLimit) {
    auto first = open(), second = open();
    expect("limit", 10);
    expect("active", 0);
    {
        db::Transaction a = testing::run(first->begin()), b = testing::run(second->begin());
        expect("active", 2);
        expect("idle", 0);
    }
    expect("active", 0);
    expect("idle", 2);
    second.reset();
    expect("idle", 1);
    expect("limit", 5);
    first.reset();
    expect("limit", 0);
}

TEST_F(DatabaseMetricsTest, TimeStatements) {
    const auto db = open();
    testing::run(db->query(one));
    EXPECT_THAT(metrics::render(),
                HasSubstr("safargo_db_statement_duration_seconds_count{statement=\"test_one\"} 1\n"));
}

}  // namespace
}  // namespace safargo::app
