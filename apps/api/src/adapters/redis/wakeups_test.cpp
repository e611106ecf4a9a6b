// Wake-ups through a real cluster, and beside it when it does not take them.
#include "adapters/redis/wakeups.hpp"

#include "adapters/redis/replicas_world_test.hpp"

#include <gmock/gmock.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

namespace safargo::redis {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;

// The other way.
class Detour final : public Wakeups {
public:
    std::vector<std::string> taken;
    void publish(std::string payload) override { taken.push_back(std::move(payload)); }
    void listen(Listener) override {}
};

struct WokenReplica {
    WokenReplica(const ClientOptions& options, const std::string& channel, int& ended)
        : wakeups(testing::shared_context()->get_executor(), options, channel, detour) {
        wakeups.listen([this](std::string_view payload) { heard.emplace_back(payload); });
        const auto count = [&ended](const std::exception_ptr&) { ++ended; };
        boost::asio::co_spawn(*testing::shared_context(), wakeups.hear(), count);
        boost::asio::co_spawn(*testing::shared_context(), wakeups.send_published(), count);
    }

    Detour detour;
    PubSubWakeups wakeups;
    std::vector<std::string> heard;
};

class PubSubWakeupsTest : public ReplicasTest {
protected:
    void TearDown() override {
        for (const auto& one : woken) one->wakeups.close();
        until([this] { return ended == 2 * static_cast<int>(woken.size()); });
    }
    WokenReplica& start(const ClientOptions& options, const std::string& channel) {
        woken.push_back(std::make_unique<WokenReplica>(options, channel, ended));
        return *woken.back();
    }

    std::vector<std::unique_ptr<WokenReplica>> woken;
    int ended = 0;
};

TEST_F(PubSubWakeupsTest, AllReplicasHearWhatOnePublishes) {
    const ClientOptions options = options_of(testing::RedisCluster::shared());
    WokenReplica& one = start(options, "wakeups_test_all");
    WokenReplica& other = start(options, "wakeups_test_all");
    WokenReplica& stranger = start(options, "wakeups_test_other");
    until([&] { return !one.heard.empty() && !other.heard.empty() && !stranger.heard.empty(); });
    EXPECT_THAT(one.heard, ElementsAre("")) << "subscribed: look yourself";
    one.wakeups.publish("live a b");
    other.wakeups.publish(std::string(Wakeups::longest_payload, 'x'));
    until([&] { return one.heard.size() >= 3 && other.heard.size() >= 3; });
    EXPECT_THAT(other.heard, Contains("live a b"));
    EXPECT_THAT(one.heard, Contains(std::string(Wakeups::longest_payload, 'x')));
    EXPECT_THAT(stranger.heard, ElementsAre(""));
    EXPECT_TRUE(one.detour.taken.empty());
}

// A process ends when its event loops have nothing left to do.
TEST_F(PubSubWakeupsTest, AreOverOnceTheyAreClosed) {
    boost::asio::io_context loop;
    Detour detour;
    PubSubWakeups wakeups(loop.get_executor(), options_of(testing::RedisCluster::shared()), "wakeups_test_end", detour);
    int heard = 0;
    wakeups.listen([&](std::string_view) { ++heard; });
    boost::asio::co_spawn(loop, wakeups.hear(), boost::asio::detached);
    boost::asio::co_spawn(loop, wakeups.send_published(), boost::asio::detached);
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{10};
    const auto runs_on = [&] { return std::chrono::steady_clock::now() < until && loop.run_one_until(until) > 0; };
    while (heard < 1 && runs_on()) continue;
    wakeups.publish("connects the client too");
    while (heard < 2 && runs_on()) continue;
    ASSERT_EQ(heard, 2);
    wakeups.close();
    loop.run_for(std::chrono::seconds{10});
    EXPECT_TRUE(loop.stopped());
}

TEST_F(PubSubWakeupsTest, WhatRedisDoesNotTakeGoesTheOtherWayAtOnce) {
    ClientOptions nowhere;
    nowhere.url = "redis://127.0.0.1:1";
    WokenReplica& one = start(nowhere, "wakeups_test_nowhere");
    for (int i = 0; i < 50; ++i) one.wakeups.publish("live " + std::to_string(i));
    const auto began = std::chrono::steady_clock::now();
    until([&] { return one.detour.taken.size() == 50; });
    EXPECT_LT(std::chrono::steady_clock::now() - began, 25 * PubSubWakeups::patience) << "not each by itself";
}

}  // namespace
}  // namespace safargo::redis
