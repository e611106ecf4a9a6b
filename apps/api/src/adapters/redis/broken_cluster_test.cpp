// A real Redis cluster stopped, frozen and restarted while two replicas count uses: degraded for seconds, never open,
// never slow for long, and shared again by itself.
#include "adapters/redis/replicas_world_test.hpp"

#include <chrono>

namespace safargo::redis {
namespace {

using namespace std::chrono_literals;
using testing::RedisCluster;
using Clock = std::chrono::steady_clock;

class BrokenClusterTest : public ReplicasTest {
protected:
    static void TearDownTestSuite() { cluster.reset(); }
    void SetUp() override {
        ReplicasTest::SetUp();
        if (IsSkipped()) return;
        if (!cluster) cluster = std::make_unique<RedisCluster>();
        connect(*cluster);
    }
    void TearDown() override {
        replicas.clear();
        if (cluster) cluster->heal();
    }
    static RedisCluster::Member first_master() { return cluster->master_of(slot_of("rate:master:0")); }

    // Of each key: what Redis allowed, at most twice if a new master had not heard of it, and each replica's share.
    static void expect_bounded(const Traffic& traffic, unsigned memories) {
        for (const auto& [key, allowed] : traffic.allowed) {
            EXPECT_GE(allowed, limit) << key;
            EXPECT_LE(allowed, memories * limit + 2 * share) << key;
        }
    }
    // A decision waits for a Redis that is not known to be away: once for each lane and pause of it.
    static void expect_quick(const Traffic& traffic, Clock::duration degraded) {
        const auto pauses = static_cast<unsigned>(degraded / LanePauses{}.first) + 2;
        EXPECT_LE(traffic.slow, 2 * Lanes::count * pauses / 4);
        EXPECT_LE(traffic.slow, traffic.all / 10) << "of " << traffic.all;
    }

    static inline std::unique_ptr<RedisCluster> cluster;
};

TEST_F(BrokenClusterTest, TheDeathOfAMasterCostsSecondsOfSharesAndNeverOpens) {
    Traffic traffic(replicas, keys_of("master"), limit, window);
    const RedisCluster::Member victim = first_master();
    Clock::time_point killed, back;
    bool noticed = false;
    traffic.run(
        [&] {
            cluster->kill(victim.port);
            killed = Clock::now();
        },
        [&] {
            noticed |= all_down();
            back = Clock::now();
            return noticed && all_up();
        });
    EXPECT_LT(back - killed, 15s);
    EXPECT_GT(traffic.decided_here, 0U);
    expect_bounded(traffic, 2);
    expect_quick(traffic, back - killed);
    const unsigned before = traffic.decided_here;
    traffic.run([] {}, [&, until_all = traffic.all + 500] { return traffic.all > until_all; });
    EXPECT_EQ(traffic.decided_here, before) << "shared again";
    expect_bounded(traffic, 2);
}

TEST_F(BrokenClusterTest, AFrozenMasterDelaysFewAndOpensNothing) {
    Traffic traffic(replicas, keys_of("frozen"), limit, window);
    const RedisCluster::Member victim = first_master();
    Clock::time_point frozen, back;
    bool noticed = false;
    traffic.run(
        [&] {
            cluster->freeze(victim.port);
            frozen = Clock::now();
        },
        [&] {
            noticed |= all_down();
            back = Clock::now();
            return noticed && all_up();
        });
    EXPECT_LT(back - frozen, 15s) << "its replica has taken over";
    expect_bounded(traffic, 2);
    expect_quick(traffic, back - frozen);
}

TEST_F(BrokenClusterTest, WithoutAnyRedisEachReplicaAllowsItsShareUntilItIsBack) {
    Traffic traffic(replicas, keys_of("gone"), limit, window);
    for (const std::uint16_t port : cluster->ports()) cluster->freeze(port);
    traffic.run([] {}, [&] { return all_down() && traffic.all > 5'000; });
    for (const auto& [key, allowed] : traffic.allowed) EXPECT_EQ(allowed, 2 * share) << key;
    EXPECT_LE(traffic.slow, 2 * Lanes::count * 4U) << "of " << traffic.all;
    const unsigned here = traffic.decided_here;
    EXPECT_EQ(here, traffic.all) << "nothing uncounted";
    for (const std::uint16_t port : cluster->ports()) cluster->thaw(port);
    traffic.run([] {}, [&] { return all_up(); });
    traffic.run([] {}, [&, until_all = traffic.all + 3'000] { return traffic.all > until_all; });
    for (const auto& [key, allowed] : traffic.allowed) EXPECT_LE(allowed, limit + 2 * share) << key;
    EXPECT_TRUE(all_up());
}

TEST_F(BrokenClusterTest, AClusterThatWasRestartedIsUsedAgain) {
    for (const std::uint16_t port : cluster->ports()) cluster->kill(port);
    until([this] { return all_down(); });
    EXPECT_EQ(take(0, "restarted").limit, share);
    cluster->heal();
    until([this] { return all_up(); });
    EXPECT_EQ(take(0, "restarted").limit, limit);
    EXPECT_EQ(take(1, "restarted").remaining, limit - 2);
}

}  // namespace
}  // namespace safargo::redis
