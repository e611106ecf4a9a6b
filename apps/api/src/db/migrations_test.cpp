#include "db/migrations.hpp"

#include "db/blocking_connection.hpp"
#include "testing/test_database.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <thread>

namespace safargo::db {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class MigrationsTest : public ::testing::Test {
public:
    MigrationsTest() { std::filesystem::create_directories(folder); }
    ~MigrationsTest() override { std::filesystem::remove_all(folder); }

protected:
    void write(const std::string& name, const std::string& sql) { std::ofstream(folder / name) << sql; }
    MigrationOptions options() {
        MigrationOptions options;
        options.url = database.url();
        options.folder = folder;
        options.lock_timeout = std::chrono::milliseconds{50};
        options.lock_pause = std::chrono::milliseconds{10};
        return options;
    }
    std::vector<std::string> migrate_all() { return migrate(options()).ran; }
    std::string complaint(const MigrationOptions& with) {
        try {
            migrate(with);
        } catch (const MigrationError& error) {
            return error.what();
        }
        return "none";
    }
    std::string complaint() { return complaint(options()); }
    std::int64_t number(const std::string& sql) {
        return BlockingConnection(database.url()).query(sql)[0].get<std::int64_t>(0);
    }
    void write_two() {
        write("202601010000_create_trips.sql", "create table trips (id int);");
        write("202601020000_add_price.sql", "alter table trips add price int; insert into trips values (1, 2);");
    }

    testing::TestDatabase database{testing::TestDatabase::Start::empty};
    const std::filesystem::path folder = std::filesystem::temp_directory_path() / database.name();
};

TEST_F(MigrationsTest, RunInOrderOnceAndAreRecorded) {
    write_two();
    std::vector<std::string> progress;
    MigrationOptions told = options();
    told.on_file = [&](std::string_view file, std::size_t current, std::size_t total) {
        progress.push_back(fmt::format("{} {}/{}", file, current, total));
    };
    EXPECT_THAT(migrate(told).ran, ElementsAre("202601010000_create_trips.sql", "202601020000_add_price.sql"));
    EXPECT_THAT(progress, ElementsAre("202601010000_create_trips.sql 1/2", "202601020000_add_price.sql 2/2"));
    EXPECT_EQ(number("select count(*) from trips"), 1);
    EXPECT_EQ(number("select count(*) from schema_migrations where length(sha256) = 64 and applied_at <= now()"), 2);
    write("202601020001_drop_price.sql", "alter table trips drop price");
    const MigrationReport second = migrate(options());
    EXPECT_THAT(second.ran, ElementsAre("202601020001_drop_price.sql"));
    EXPECT_EQ(second.already_applied, 2U);
    EXPECT_THAT(migrate_all(), IsEmpty());
}

TEST_F(MigrationsTest, ADryRunReportsAndChangesNothing) {
    write_two();
    MigrationOptions dry = options();
    dry.dry_run = true;
    EXPECT_THAT(migrate(dry).ran, ElementsAre("202601010000_create_trips.sql", "202601020000_add_price.sql"));
    EXPECT_EQ(number("select count(*) from pg_tables where schemaname = 'public'"), 0);
}

TEST_F(MigrationsTest, AFailedFileLeavesNoChanges) {
    write("202601010000_create_trips.sql", "create table trips (id int);");
    write("202601020000_break_trips.sql", "create table half (id int); select 1 / 0;");
    EXPECT_THAT(complaint(), HasSubstr("202601020000_break_trips.sql: 22012"));
    EXPECT_EQ(number("select count(*) from pg_tables where schemaname = 'public' and tablename = 'half'"), 0);
    EXPECT_EQ(number("select count(*) from schema_migrations"), 1);
    write("202601020000_break_trips.sql", "create table half (id int);");
    EXPECT_THAT(migrate_all(), ElementsAre("202601020000_break_trips.sql"));
}

TEST_F(MigrationsTest, ChangedHistoryIsRefused) {
    write_two();
    migrate_all();
    write("202601010000_create_trips.sql", "create table trips (id bigint);");
    EXPECT_THAT(complaint(), HasSubstr("202601010000_create_trips.sql: changed after"));
    std::filesystem::remove(folder / "202601010000_create_trips.sql");
    EXPECT_THAT(complaint(), HasSubstr("202601010000_create_trips.sql: applied, but not in the folder"));
}

TEST_F(MigrationsTest, AFileThatSortsBeforeAnAppliedOneIsRefused) {
    write_two();
    migrate_all();
    write("202601011200_add_late.sql", "select 1");
    EXPECT_THAT(complaint(), HasSubstr("202601011200_add_late.sql: sorts before 202601020000_add_price.sql"));
}

TEST_F(MigrationsTest, TwoFilesOfOneMinuteAreRefused) {
    write("202601010000_create_trips.sql", "select 1");
    write("202601010000_create_users.sql", "select 1");
    EXPECT_THAT(complaint(), HasSubstr("the same minute"));
}

TEST_F(MigrationsTest, ABadNameOrAnAbsentFolderIsRefused) {
    write("notes.txt", "");
    EXPECT_THAT(complaint(), HasSubstr("notes.txt: migrations are named"));
    MigrationOptions nowhere = options();
    nowhere.folder = folder / "nowhere";
    EXPECT_THAT(complaint(nowhere), HasSubstr("no such folder"));
}

TEST_F(MigrationsTest, TwoRunnersTakeTurns) {
    for (int i = 0; i < 5; ++i) {
        write(fmt::format("20260101000{}_create_table.sql", i), fmt::format("create table t{} (id int)", i));
    }
    std::vector<std::size_t> ran(4);
    std::vector<std::jthread> runners;
    for (std::size_t& mine : ran) runners.emplace_back([this, &mine] { mine = migrate_all().size(); });
    runners.clear();
    std::ranges::sort(ran);
    EXPECT_THAT(ran, ElementsAre(0, 0, 0, 5));
}

TEST_F(MigrationsTest, RunWithoutATransactionIfTheFileSaysSo) {
    write("202601010000_create_trips.sql", "create table trips (id int);");
    write("202601020000_index_trips.sql",
          "-- no-transaction\ncreate index concurrently if not exists idx_trips on trips (id);\n");
    EXPECT_EQ(migrate_all().size(), 2U);
    EXPECT_EQ(number("select count(*) from pg_indexes where indexname = 'idx_trips'"), 1);
    write("202601030000_index_again.sql", "create index concurrently idx_again on trips (id);");
    EXPECT_THAT(complaint(), HasSubstr("25001"));
}

TEST_F(MigrationsTest, AFileMayNotEndItsTransaction) {
    write("202601010000_create_trips.sql", "create table trips (id int); commit;");
    EXPECT_THAT(complaint(), HasSubstr("ends its own transaction"));
}

TEST_F(MigrationsTest, ALockIsRetriedAndThenGivenUp) {
    write("202601010000_create_trips.sql", "create table trips (id int);");
    migrate_all();
    write("202601020000_add_price.sql", "alter table trips add price int;");
    BlockingConnection holder(database.url());
    holder.execute("begin; lock table trips in access share mode");
    MigrationOptions twice = options();
    twice.lock_attempts = 2;
    EXPECT_THAT(complaint(twice), HasSubstr("202601020000_add_price.sql: 55P03"));
    const std::jthread patient([this] { EXPECT_EQ(migrate_all().size(), 1U); });
    // Released only once the migration is seen waiting for the lock.
    BlockingConnection watcher(database.url());
    const std::string waiting = "select count(*) from pg_locks where not granted and relation = 'trips'::regclass";
    while (watcher.query(waiting)[0].get<std::int64_t>(0) == 0) {
    }
    holder.execute("rollback");
}

TEST_F(MigrationsTest, AnotherLocaleIsRefused) {
    const std::string name = database.name() + "_c";
    BlockingConnection server(testing::server_url());
    server.execute("create database " + name + " template template0 encoding 'UTF8' locale 'C'");
    MigrationOptions elsewhere = options();
    elsewhere.url = testing::url_of(name);
    EXPECT_THAT(complaint(elsewhere), HasSubstr("create it with encoding UTF8 and locale C.UTF-8"));
    server.execute("drop database " + name + " with (force)");
}

TEST_F(MigrationsTest, AnUnreachableDatabaseIsReported) {
    MigrationOptions nowhere = options();
    nowhere.url = testing::url_of("no_such_database");
    EXPECT_THAT(complaint(nowhere), HasSubstr("no_such_database"));
}

TEST(MigrationName, IsAnExistingMinuteAndTwoWords) {
    for (const char* good : {"202611230900_create_extensions.sql", "202402290000_add_x2_y.sql"}) {
        const auto name = MigrationName::parse(good);
        ASSERT_TRUE(name) << good;
        EXPECT_EQ(name->str(), good);
    }
    for (const char* bad : {"",
                            ".sql",
                            "202611230900.sql",
                            "202611230900_.sql",
                            "202611230900_create.sql",
                            "202611230900_create_.sql",
                            "202611230900__create_x.sql",
                            "202611230900_create__x.sql",
                            "202611230900_Create_x.sql",
                            "202611230900_create_1x.sql",
                            "202611230900_create_x.SQL",
                            "202611230900_create_x.sql ",
                            "20261123090_create_x.sql",
                            "2026112309000_create_x.sql",
                            "202613230900_create_x.sql",
                            "202602290900_create_x.sql",
                            "202611232400_create_x.sql",
                            "202611230960_create_x.sql",
                            "202611230900_create-x.sql",
                            "+02611230900_create_x.sql"}) {
        EXPECT_FALSE(MigrationName::parse(bad)) << bad;
    }
}

}  // namespace
}  // namespace safargo::db
