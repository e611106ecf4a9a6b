#include "adapters/postgres/wakeups.hpp"

#include "testing/tcp_proxy.hpp"
#include "testing/test_database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>

#include <functional>

namespace safargo::postgres {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;

// One process on the database, or on a way to it that can be cut.
struct Replica {
    Replica(const db::Options& options, int& ended)
        : database(testing::shared_context()->get_executor(), options),
          wakeups(testing::shared_context()->get_executor(), database, {.url = options.url, .channel = "wakeups"}) {
        wakeups.listen([this](std::string_view payload) { heard.emplace_back(payload); });
        for (int i = 0; i < 2; ++i) {
            boost::asio::co_spawn(*testing::shared_context(), i == 0 ? wakeups.hear() : wakeups.send_published(),
                                  [&ended](const std::exception_ptr&) { ++ended; });
        }
    }

    db::Database database;
    NotifyWakeups wakeups;
    std::vector<std::string> heard;
};

class NotifyWakeupsTest : public ::testing::Test {
protected:
    NotifyWakeupsTest() {
        run_until([this] { return !one.heard.empty() && !other.heard.empty(); });
        EXPECT_THAT(one.heard, ElementsAre("")) << "connected: look yourself";
        clear();
    }
    ~NotifyWakeupsTest() override {
        one.wakeups.close();
        other.wakeups.close();
        run_until([this] { return ended == 4; });
    }
    void clear() {
        one.heard.clear();
        other.heard.clear();
    }
    static void run_until(const std::function<bool()>& holds) {
        while (!holds()) {
            testing::shared_context()->restart();
            testing::shared_context()->run_one();
        }
    }
    db::Options by_network() {
        db::Options options = database.options();
        options.url = testing::url_at(network.port(), database.name());
        return options;
    }

    testing::TestDatabase database{testing::TestDatabase::Start::empty};
    testing::ServerAddress server = testing::server_address();
    testing::TcpProxy network{server.host, server.port};
    int ended = 0;
    Replica one{database.options(), ended};
    Replica other{by_network(), ended};
};

TEST_F(NotifyWakeupsTest, AllReplicasHearWhatOnePublishes) {
    one.wakeups.publish("user:1");
    run_until([this] { return !one.heard.empty() && !other.heard.empty(); });
    EXPECT_THAT(one.heard, ElementsAre("user:1"));
    EXPECT_THAT(other.heard, ElementsAre("user:1"));
}

TEST_F(NotifyWakeupsTest, WhoWasCutOffHearsThatSomeWereMissedAndSoDoTheOthers) {
    network.cut();
    other.wakeups.publish("user:1");  // nobody hears it
    one.wakeups.publish("user:2");
    run_until([this] { return !one.heard.empty(); });
    EXPECT_THAT(one.heard, ElementsAre("user:2"));
    network.resume();
    run_until([this] { return other.heard.size() >= 1 && one.heard.size() >= 2; });
    EXPECT_EQ(other.heard[0], "");
    EXPECT_EQ(one.heard[1], "") << "what the other one could not send";
}

}  // namespace
}  // namespace safargo::postgres
