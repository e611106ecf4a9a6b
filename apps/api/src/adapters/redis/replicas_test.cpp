// What replicas share in a real Redis cluster that works. broken_cluster_test.cpp breaks one.
#include "adapters/redis/replicas_world_test.hpp"

#include <random>
#include <set>

namespace safargo::redis {
namespace {

using namespace std::chrono_literals;
using testing::RedisCluster;

class SharedClusterTest : public ReplicasTest {
protected:
    void SetUp() override {
        ReplicasTest::SetUp();
        if (!IsSkipped()) connect(RedisCluster::shared());
    }
    // A key that no run before has used.
    static std::string fresh(const std::string& name) { return name + std::to_string(std::random_device{}()); }
    static void on_every_master(const std::string& command) {
        const RedisCluster& cluster = RedisCluster::shared();
        for (const RedisCluster::Member& member : cluster.members()) {
            if (member.master) cluster.cli(member.port, command);
        }
    }
    static std::string on_master_of(const std::string& key, const std::string& command) {
        const RedisCluster& cluster = RedisCluster::shared();
        return cluster.cli(cluster.master_of(slot_of(key)).port, command);
    }
};

TEST_F(SharedClusterTest, ReplicasShareTheCountsOfAllShards) {
    std::set<std::size_t> lanes;
    for (int i = 0; i < 30; ++i) {
        const std::string key = fresh("ip:");
        lanes.insert(Lanes::of("rate:" + key));
        unsigned allowed = 0;
        for (unsigned use = 0; use < limit + 5; ++use) {
            const RateDecision decision = take(use % 2, key);
            allowed += decision.allowed ? 1 : 0;
            EXPECT_EQ(decision.limit, limit);
            EXPECT_EQ(decision.remaining, limit - allowed);
            EXPECT_LE(decision.reset, window);
            EXPECT_GE(decision.reset, window - 60s);
        }
        EXPECT_EQ(allowed, limit);
    }
    EXPECT_GT(lanes.size(), 10U);
}

TEST_F(SharedClusterTest, UsesThatRaceGetExactlyTheLimit) {
    Traffic traffic(replicas, {fresh("race:"), fresh("race:")}, 500, window);
    traffic.run([] {}, [&] { return traffic.all > 3'000; });
    for (const auto& [key, allowed] : traffic.allowed) EXPECT_EQ(allowed, 500U) << key;
    EXPECT_EQ(traffic.decided_here, 0U);
}

TEST_F(SharedClusterTest, ScriptsThatWereForgottenAreSentAgain) {
    const std::string key = fresh("ip:");
    for (unsigned use = 0; use < limit; ++use) {
        on_every_master("script flush sync");
        EXPECT_EQ(take(use % 2, key).remaining, limit - use - 1);
    }
    EXPECT_FALSE(take(0, key).allowed);
    EXPECT_TRUE(all_up());
}

TEST_F(SharedClusterTest, AWindowEndsByItselfAndItsCounterWithIt) {
    const std::string key = fresh("ip:");
    const auto began = std::chrono::steady_clock::now();
    for (unsigned use = 0; use < limit; ++use) EXPECT_TRUE(take(0, key, 1s).allowed);
    until([&] { return on_master_of("rate:" + key, "exists rate:" + key).starts_with("0"); });
    EXPECT_GE(std::chrono::steady_clock::now() - began, 1s - 1ms);
    EXPECT_EQ(take(1, key, 1s).remaining, limit - 1);
}

TEST_F(SharedClusterTest, ACounterWithoutAnEndLocksNobodyOut) {
    const std::string key = fresh("ip:");
    for (unsigned use = 0; use < limit + 1; ++use) take(0, key);
    on_master_of("rate:" + key, "persist rate:" + key);
    EXPECT_EQ(take(0, key).remaining, limit - 1);
    EXPECT_LE(take(0, key, 5s).reset, 5s) << "nor one that lasts longer than its window may";
}

TEST_F(SharedClusterTest, AnOlderVersionNeverReplacesANewerOneInWhateverOrder) {
    std::mt19937 random(20261130);
    for (int round = 0; round < 20; ++round) {
        const std::string key = fresh("answers:");
        std::vector<std::int64_t> versions{9, 10, 99, 100, 9'007'199'254'740'993, 9'007'199'254'740'992};
        std::ranges::shuffle(versions, random);
        for (std::size_t i = 0; i < versions.size(); ++i) {
            testing::run(
                replicas[i % 2]->stores.cache().store(key, {versions[i], "v" + std::to_string(versions[i])}, 60s));
        }
        const auto found = testing::run(replicas[0]->stores.cache().find(key));
        ASSERT_TRUE(found);
        EXPECT_EQ(found->version, 9'007'199'254'740'993) << "one more than a double can hold";
        EXPECT_EQ(found->value, "v9007199254740993");
    }
}

TEST_F(SharedClusterTest, ACachedValueIsAsItWasAndDoesNotLiveLong) {
    const std::string key = fresh("answers:");
    std::string bytes(100'000, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 31);
    testing::run(replicas[0]->stores.cache().store(key, {7, bytes}, 3'600s));
    const auto found = testing::run(replicas[1]->stores.cache().find(key));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->value, bytes);
    EXPECT_LE(std::stoi(on_master_of("cache:" + key, "ttl cache:" + key)), 60);
}

}  // namespace
}  // namespace safargo::redis
