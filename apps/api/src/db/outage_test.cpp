// The database disappears, hangs or is shut down at every bad moment, and comes back.
#include "core/failures.hpp"
#include "testing/tcp_proxy.hpp"
#include "testing/test_database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/system/system_error.hpp>

namespace safargo::db {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::run;

constexpr Statement one{"one", "select 1"};
constexpr Statement backend{"backend", "select pg_backend_pid()"};
constexpr Statement sleep_long{"sleep_long", "select pg_sleep(30)"};
constexpr Statement insert_note{"insert_note", "insert into notes values ($1)"};
constexpr Statement count_notes{"count_notes", "select count(*) from notes"};
constexpr Statement count_sleepers{"count_sleepers",
                                   "select count(*) from pg_stat_activity where datname = current_database() "
                                   "and query like '%sleep(30)%' and state = 'active' and pid <> pg_backend_pid()"};
constexpr Statement kill_sleepers{"kill_sleepers",
                                  "select count(pg_terminate_backend(pid)) from pg_stat_activity "
                                  "where datname = current_database() "
                                  "and query like '%sleep(30)%' and state = 'active' and pid <> pg_backend_pid()"};

Task<void> sleep(Database& db) {
    co_await db.query(sleep_long);
}

// Repeats until the count is as wanted.
Task<void> until(Database& db, Statement counting, std::int64_t wanted) {
    while ((co_await db.query(counting))[0].get<std::int64_t>(0) != wanted) {
    }
}

struct Spawned {
    bool done = false;
    std::exception_ptr thrown;
};

Task<void> until_done(Database& db, const Spawned& spawned) {
    while (!spawned.done) co_await db.query(one);
}

Task<Result<int>> note(Transaction& transaction, int& attempts) {
    ++attempts;
    co_await transaction.query(insert_note, "x");
    co_return 1;
}

class OutageTest : public ::testing::Test {
protected:
    OutageTest() { database.execute("create table notes (text text)"); }

    Database& open(const std::string& url, milliseconds statement_timeout = std::chrono::seconds{5},
                   std::size_t pool_size = 1) {
        Options options = database.options();
        options.url = url;
        options.pool_size = pool_size;
        options.statement_timeout = statement_timeout;
        opened = std::make_unique<Database>(testing::shared_context()->get_executor(), std::move(options));
        return *opened;
    }
    Database& open_through_proxy(milliseconds statement_timeout = std::chrono::seconds{5}) {
        return open(testing::url_at(proxy.port(), database.name()), statement_timeout);
    }
    std::int64_t notes() { return run(database.db().query(count_notes))[0].get<std::int64_t>(0); }
    static std::size_t connections(const Database& pool) { return pool.status().idle + pool.status().active; }

    testing::TestDatabase database{testing::TestDatabase::Start::empty};
    testing::TcpProxy proxy{testing::server_address().host, testing::server_address().port};
    std::unique_ptr<Database> opened;
};

TEST_F(OutageTest, AConnectionKilledWhileIdleIsReplacedSilently) {
    Database& db = open(database.url());
    const int pid = run(db.query(backend))[0].get<int>(0);
    run(database.db().query({"kill", "select pg_terminate_backend($1, 5000)"}, pid));
    EXPECT_NE(run(db.query(backend))[0].get<int>(0), pid);
    EXPECT_EQ(connections(db), 1U);
}

TEST_F(OutageTest, AServerProcessKilledMidStatementFailsOnlyThatStatement) {
    Database& db = open(database.url());
    std::vector<Task<void>> tasks;
    tasks.push_back(sleep(db));
    tasks.push_back(until(database.db(), kill_sleepers, 1));
    EXPECT_THROW(testing::run_all(std::move(tasks)), DependencyUnavailable);
    EXPECT_EQ(connections(db), 0U);
    EXPECT_EQ(run(db.query(one)).size(), 1U);
}

TEST_F(OutageTest, AStatementTimeoutIsADeadlineAndDropsItsConnection) {
    Database& db = open(database.url(), milliseconds{100});
    const int pid = run(db.query(backend))[0].get<int>(0);
    EXPECT_THROW(run(db.query(sleep_long)), DeadlineExceeded);
    EXPECT_EQ(connections(db), 0U);
    EXPECT_NE(run(db.query(backend))[0].get<int>(0), pid);
}

TEST_F(OutageTest, ATimeoutInsideATransactionUndoesIt) {
    Database& db = open(database.url(), milliseconds{100});
    {
        Transaction transaction = run(db.begin());
        run(transaction.query(insert_note, "x"));
        EXPECT_THROW(run(transaction.query(sleep_long)), DeadlineExceeded);
        EXPECT_THROW(run(transaction.query(one)), DependencyUnavailable);  // not the answer of another statement
        EXPECT_THROW(run(transaction.commit()), DependencyUnavailable);
    }
    EXPECT_EQ(connections(db), 0U);
    EXPECT_EQ(notes(), 0);
}

TEST_F(OutageTest, ACancelledStatementDropsItsConnectionAndTheServerNotices) {
    Database& db = open(database.url(), std::chrono::seconds{60});
    boost::asio::cancellation_signal signal;
    Spawned spawned;
    boost::asio::co_spawn(*testing::shared_context(), sleep(db),
                          boost::asio::bind_cancellation_slot(signal.slot(), [&spawned](std::exception_ptr thrown) {
                              spawned.thrown = thrown;
                              spawned.done = true;
                          }));
    run(until(database.db(), count_sleepers, 1));
    signal.emit(boost::asio::cancellation_type::terminal);
    run(until_done(database.db(), spawned));
    EXPECT_THROW(std::rethrow_exception(spawned.thrown), boost::system::system_error);
    EXPECT_EQ(connections(db), 0U);
    run(until(database.db(), count_sleepers, 0));
    EXPECT_EQ(run(db.query(one)).size(), 1U);
}

TEST_F(OutageTest, AStatementInProgressMayBeDestroyedWithItsContext) {
    auto context = std::make_unique<boost::asio::io_context>(1);
    bool ended = false;
    {
        Database db(context->get_executor(), database.options());
        boost::asio::co_spawn(*context, sleep(db), [&ended](std::exception_ptr) { ended = true; });
        boost::asio::co_spawn(*context, until(db, count_sleepers, 1),
                              [&context](std::exception_ptr) { context->stop(); });
        context->run();
    }
    context.reset();
    EXPECT_FALSE(ended);
    run(until(database.db(), count_sleepers, 0));
}

TEST_F(OutageTest, ARefusedConnectionFailsAtOnceAndIsRememberedBriefly) {
    Database& db = open_through_proxy();
    proxy.cut();
    const auto started = steady_clock::now();
    EXPECT_THROW(run(db.query(one)), DependencyUnavailable);
    EXPECT_THROW(run(db.begin()), DependencyUnavailable);  // without another attempt
    EXPECT_FALSE(run(db.ping()));
    EXPECT_LT(steady_clock::now() - started, std::chrono::seconds{1});
    EXPECT_EQ(connections(db), 0U);
}

TEST_F(OutageTest, AllWaitersFailTogetherWhenNoConnectionCanBeMade) {
    Database& db = open_through_proxy();
    proxy.cut();
    std::vector<Task<void>> tasks;
    for (int i = 0; i < 20; ++i) tasks.push_back(sleep(db));
    const auto started = steady_clock::now();
    EXPECT_THROW(testing::run_all(std::move(tasks)), DependencyUnavailable);
    EXPECT_LT(steady_clock::now() - started, std::chrono::seconds{1});
    EXPECT_EQ(db.status().waiting, 0U);
    EXPECT_EQ(connections(db), 0U);
}

TEST_F(OutageTest, ServiceResumesWithinTwoSecondsOfTheReturn) {
    Database& db = open_through_proxy();
    EXPECT_TRUE(run(db.ping()));
    proxy.cut();
    EXPECT_FALSE(run(db.ping()));
    proxy.resume();
    const auto returned = steady_clock::now();
    while (!run(db.ping())) ASSERT_LT(steady_clock::now() - returned, std::chrono::seconds{2});
    EXPECT_EQ(connections(db), 1U);
}

TEST_F(OutageTest, ABlackHoleIsLeftASecondAfterTheStatementTimeout) {
    Database& db = open_through_proxy(milliseconds{100});
    run(db.query(one));
    proxy.freeze();
    const auto started = steady_clock::now();
    EXPECT_THROW(run(db.query(one)), DeadlineExceeded);
    EXPECT_LT(steady_clock::now() - started, std::chrono::seconds{2});
    EXPECT_EQ(connections(db), 0U);
    proxy.thaw();
    EXPECT_EQ(run(db.query(one)).size(), 1U);
}

TEST_F(OutageTest, ABlackHoleWhileConnectingIsAnOutage) {
    Options options = database.options();
    options.url = testing::url_at(proxy.port(), database.name());
    options.connect_timeout = milliseconds{200};
    Database db(testing::shared_context()->get_executor(), options);
    proxy.freeze();
    const auto started = steady_clock::now();
    EXPECT_THROW(run(db.query(one)), DependencyUnavailable);
    EXPECT_LT(steady_clock::now() - started, std::chrono::seconds{1});
    EXPECT_EQ(connections(db), 0U);
}

TEST_F(OutageTest, ALostCommitIsNeverRetried) {
    Database& db = open_through_proxy();
    proxy.on_client_bytes([this](std::string_view bytes) {
        constexpr std::string_view commit("\0commit\0", 8);  // does not match "read committed"
        if (bytes.find(commit) != bytes.npos) proxy.cut();
    });
    int attempts = 0;
    try {
        run(db.transact<int>([&attempts](Transaction& transaction) { return note(transaction, attempts); }));
        FAIL();
    } catch (const DependencyUnavailable& failure) {
        EXPECT_THAT(failure.what(), HasSubstr("COMMIT"));
    }
    EXPECT_EQ(attempts, 1);
    EXPECT_LE(notes(), 1);  // the outcome is unknown, but it did not happen twice
}

TEST_F(OutageTest, AWrongPasswordOrDatabaseIsReportedWithoutTheUrl) {
    Database& db = open(testing::url_of("no_such_database") + "?password=geheim");
    try {
        run(db.query(one));
        FAIL();
    } catch (const DependencyUnavailable& failure) {
        EXPECT_THAT(failure.what(), HasSubstr("no_such_database"));
        EXPECT_THAT(failure.what(), Not(HasSubstr("geheim")));
    }
    EXPECT_THROW(run(open("postgresql://%zz").query(one)), std::invalid_argument);
}

TEST_F(OutageTest, NamesAreResolvedAndUnknownOnesAreAnOutage) {
    std::string url = testing::url_at(testing::server_address().port, database.name());
    const std::size_t address = url.find("127.0.0.1");
    url.replace(address, 9, "localhost");  // several addresses, of which the first may refuse
    EXPECT_EQ(run(open(url).query(one)).size(), 1U);
    url.replace(address, 9, "no-such-host.invalid");
    EXPECT_THROW(run(open(url).query(one)), DependencyUnavailable);
}

}  // namespace
}  // namespace safargo::db
