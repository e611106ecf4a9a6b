// Which systems the configuration selects, and how health shows them.
#include "app/adapters.hpp"

#include "app/thread_platform.hpp"
#include "core/failures.hpp"
#include "testing/redis_cluster.hpp"
#include "testing/test_database.hpp"

#include <gtest/gtest.h>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace safargo::app {
namespace {

using namespace std::chrono_literals;
using platform::Health;
using platform::HealthFinding;

Config config_with(std::string redis_url, std::string ca_file = "") {
    Config config;
    config.environment = Environment::development;
    config.database_url = config.database_direct_url = "postgresql://nobody@127.0.0.1:1/none";
    config.jwt_secret = "0123456789abcdef0123456789abcdef";
    config.data_dir = SAFARGO_DATA_DIR;
    config.redis_url = std::move(redis_url);
    config.ca_file = std::move(ca_file);
    config.api_replicas = 4;
    return config;
}

class AdaptersTest : public ::testing::Test {
protected:
    void build(Config config) {
        shared = std::make_unique<Shared>(std::move(config));
        parts = std::make_unique<ThreadPlatform>(*shared, testing::shared_context()->get_executor(), 1);
    }
    HealthFinding opensearch() { return parts->adapters().health_checks().back().now(); }
    HealthFinding redis() { return parts->adapters().health_checks().front().now(); }
    RateDecision take() { return testing::run(parts->adapters().limiter().take("ip:192.0.2.1", 100, 60s)); }
    Task<void> wait_for(std::function<bool()> holds) {
        boost::asio::steady_timer timer(*testing::shared_context());
        while (!holds()) {
            timer.expires_after(5ms);
            co_await timer.async_wait(boost::asio::use_awaitable);
        }
    }

    std::unique_ptr<Shared> shared;
    std::unique_ptr<ThreadPlatform> parts;
};

TEST_F(AdaptersTest, WithoutRedisThisProcessCounts) {
    build(config_with(""));
    EXPECT_EQ(redis().shown, R"({"status":"disabled","latency_ms":null})");
    EXPECT_EQ(redis().health, Health::ok);
    EXPECT_EQ(take().limit, 100U) << "the whole limit: nobody shares it";
    EXPECT_EQ(parts->platform().cache, nullptr);
}

TEST_F(AdaptersTest, ARedisThatIsAwayDegradesAndNeverStops) {
    build(config_with("redis://127.0.0.1:1"));
    EXPECT_EQ(take().limit, 25U) << "its share";
    EXPECT_EQ(redis().shown, R"({"status":"down","latency_ms":null})");
    EXPECT_EQ(redis().health, Health::degraded);
    EXPECT_TRUE(redis().serves);
    ASSERT_NE(parts->platform().cache, nullptr);
    EXPECT_FALSE(testing::run(parts->platform().cache->find("anything")));
}

TEST_F(AdaptersTest, ARealRedisIsShownWithItsLatency) {
    if (const auto missing = testing::RedisCluster::missing()) GTEST_SKIP() << *missing;
    const testing::RedisCluster& cluster = testing::RedisCluster::shared();
    build(config_with(cluster.url(), cluster.ca_file()));
    testing::run(wait_for([this] { return redis().health == Health::ok; }));
    EXPECT_TRUE(redis().shown.starts_with(R"({"status":"ok","latency_ms":)")) << redis().shown;
    EXPECT_EQ(take().limit, 100U);
    testing::run(parts->platform().cache->store("adapters_test", {1, "x"}, 5s));
    EXPECT_EQ(testing::run(parts->platform().cache->find("adapters_test"))->value, "x");
}

TEST_F(AdaptersTest, WithoutOpenSearchPostgresqlSearches) {
    build(config_with(""));
    EXPECT_EQ(opensearch().shown, R"({"status":"disabled","latency_ms":null})");
    EXPECT_EQ(opensearch().health, Health::ok);
    EXPECT_EQ(parts->platform().place_index, nullptr);
}

TEST_F(AdaptersTest, AnOpenSearchThatIsAwayDegradesAndNeverStops) {
    Config config = config_with("");
    config.opensearch_url = "http://app:hunter2@127.0.0.1:1";
    build(std::move(config));
    ASSERT_NE(parts->platform().place_index, nullptr);
    EXPECT_THROW(testing::run(parts->platform().place_index->check()), DependencyUnavailable);
    EXPECT_EQ(opensearch().shown, R"({"status":"down","latency_ms":null})");
    EXPECT_EQ(opensearch().health, Health::degraded);
    EXPECT_TRUE(opensearch().serves);
}

TEST_F(AdaptersTest, WhatOneThreadFindsAllThreadsShow) {
    Config config = config_with("");
    config.opensearch_url = "http://127.0.0.1:1";
    build(std::move(config));
    shared->opensearch.answered(2ms);
    EXPECT_EQ(opensearch().shown, R"({"status":"ok","latency_ms":2})");
    EXPECT_EQ(opensearch().health, Health::ok);
}

}  // namespace
}  // namespace safargo::app
