#include "db/listener.hpp"

#include "testing/tcp_proxy.hpp"
#include "testing/test_database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/system/system_error.hpp>

namespace safargo::db {
namespace {

using testing::run;

constexpr Statement notify{"notify", "select pg_notify('changes', $1)"};
constexpr Statement one{"one", "select 1"};

Task<void> expect_abort(Listener& listener) {
    bool aborted = false;
    try {
        co_await listener.next();
    } catch (const boost::system::system_error& error) {
        aborted = error.code() == boost::asio::error::operation_aborted;
    }
    EXPECT_TRUE(aborted);
}

Task<void> close(Listener& listener) {
    listener.close();
    co_return;
}

class ListenerTest : public ::testing::Test {
protected:
    ListenerOptions options() {
        ListenerOptions options;
        options.url = testing::url_at(proxy.port(), database.name());
        options.channel = "changes";
        options.retry_delay = std::chrono::milliseconds{10};
        return options;
    }
    void send(std::string payload) { run(database.db().query(notify, payload)); }

    testing::TestDatabase database{testing::TestDatabase::Start::empty};
    testing::TcpProxy proxy{testing::server_address().host, testing::server_address().port};
    Listener listener{testing::shared_context()->get_executor(), options()};
};

TEST_F(ListenerTest, ReceivesEveryPayloadInOrderOnceConnected) {
    EXPECT_EQ(run(listener.next()), "");
    send("first");
    send("second");
    EXPECT_EQ(run(listener.next()), "first");
    EXPECT_EQ(run(listener.next()), "second");
}

TEST_F(ListenerTest, ReportsPossibleLossAfterReconnecting) {
    EXPECT_EQ(run(listener.next()), "");
    database.execute(
        "select pg_terminate_backend(pid, 5000) from pg_stat_activity "
        "where datname = current_database() and application_name = 'safargo-listener'");
    send("missed");
    EXPECT_EQ(run(listener.next()), "");
    send("heard");
    EXPECT_EQ(run(listener.next()), "heard");
}

Task<void> resume_after_failures(testing::TcpProxy& proxy, Database& db) {
    for (int i = 0; i < 50; ++i) co_await db.query(one);
    proxy.resume();
}

Task<void> expect_reconnect(Listener& listener) {
    EXPECT_EQ(co_await listener.next(), "");
}

TEST_F(ListenerTest, KeepsTryingWhileTheDatabaseIsUnreachable) {
    EXPECT_EQ(run(listener.next()), "");
    proxy.cut();
    std::vector<Task<void>> tasks;
    tasks.push_back(expect_reconnect(listener));
    tasks.push_back(resume_after_failures(proxy, database.db()));
    testing::run_all(std::move(tasks));
    send("heard");
    EXPECT_EQ(run(listener.next()), "heard");
}

TEST_F(ListenerTest, CloseEndsTheWait) {
    EXPECT_EQ(run(listener.next()), "");
    std::vector<Task<void>> tasks;
    tasks.push_back(expect_abort(listener));
    tasks.push_back(close(listener));
    testing::run_all(std::move(tasks));
    run(expect_abort(listener));
}

Task<void> close_later(Listener& listener, Database& db) {
    for (int i = 0; i < 50; ++i) co_await db.query(one);
    listener.close();
}

TEST_F(ListenerTest, CloseEndsTheWaitForAnUnreachableServer) {
    proxy.cut();
    ListenerOptions patient = options();
    patient.retry_delay = std::chrono::hours{1};
    Listener waiting(testing::shared_context()->get_executor(), patient);
    std::vector<Task<void>> tasks;
    tasks.push_back(expect_abort(waiting));
    tasks.push_back(close_later(waiting, database.db()));
    testing::run_all(std::move(tasks));
}

TEST_F(ListenerTest, AChannelIsAPlainIdentifier) {
    ListenerOptions bad = options();
    bad.channel = "changes; drop table trips";
    EXPECT_THROW(Listener(testing::shared_context()->get_executor(), bad), std::invalid_argument);
}

}  // namespace
}  // namespace safargo::db
