// Two replicas of SafarGo on a real Redis cluster, and traffic that goes on while it breaks.
#pragma once

#include "adapters/redis/slots.hpp"
#include "adapters/redis/stores.hpp"
#include "testing/redis_cluster.hpp"
#include "testing/run_task.hpp"

#include <gtest/gtest.h>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace safargo::redis {

inline ClientOptions options_of(const testing::RedisCluster& cluster) {
    ClientOptions options;
    options.url = cluster.url();
    options.ca_file = cluster.ca_file();
    return options;
}

inline Task<void> nap(std::chrono::milliseconds time) {
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, time);
    co_await timer.async_wait(boost::asio::use_awaitable);
}

inline Task<void> wait_while_running(std::function<bool()> holds, std::chrono::seconds at_most) {
    const auto deadline = std::chrono::steady_clock::now() + at_most;
    while (!holds()) {
        if (std::chrono::steady_clock::now() > deadline) throw std::runtime_error("it never came");
        co_await nap(std::chrono::milliseconds{2});
    }
}

// One process with one thread.
struct LiveReplica {
    LiveReplica(const testing::RedisCluster& cluster, unsigned replicas)
        : stores(testing::shared_context()->get_executor(), options_of(cluster), standing, counts, replicas) {}

    SystemClock clock;
    local::RateCounts counts{clock};
    Standing standing;
    Stores stores;
};

class ReplicasTest : public ::testing::Test {
protected:
    static constexpr unsigned limit = 20, share = limit / 2;
    static constexpr std::chrono::seconds window{600};

    void SetUp() override {
        if (const auto missing = testing::RedisCluster::missing()) GTEST_SKIP() << *missing;
    }
    // Keys of all shards; no test shares them with another.
    static std::vector<std::string> keys_of(const std::string& test, int count = 60) {
        std::vector<std::string> keys;
        for (int i = 0; i < count; ++i) keys.push_back(test + ":" + std::to_string(i));
        return keys;
    }
    void connect(const testing::RedisCluster& cluster) {
        for (int i = 0; i < 2; ++i) replicas.push_back(std::make_unique<LiveReplica>(cluster, 2));
        until([this] { return all_up(); });
    }
    bool all_up() const {
        return std::ranges::all_of(replicas, [](const auto& one) { return one->standing.up(); });
    }
    bool all_down() const {
        return std::ranges::none_of(replicas, [](const auto& one) { return one->standing.up(); });
    }
    static void until(std::function<bool()> holds, std::chrono::seconds at_most = std::chrono::seconds{30}) {
        testing::run(wait_while_running(std::move(holds), at_most));
    }
    RateDecision take(int replica, const std::string& key, std::chrono::seconds its_window = window) {
        return testing::run(replicas[replica]->stores.limiter().take(key, limit, its_window));
    }

    std::vector<std::unique_ptr<LiveReplica>> replicas;
};

// What both replicas decide while something happens.
class Traffic {
public:
    Traffic(std::vector<std::unique_ptr<LiveReplica>>& replicas, std::vector<std::string> keys, unsigned limit,
            std::chrono::seconds window)
        : replicas_(replicas), keys_(std::move(keys)), limit_(limit), window_(window) {}

    // Until `done` holds; `meanwhile` happens when the traffic has begun.
    void run(std::function<void()> meanwhile, std::function<bool()> done) {
        stop_ = false;
        std::vector<Task<void>> tasks;
        for (auto& replica : replicas_) tasks.push_back(ask(replica->stores.limiter()));
        tasks.push_back(watch(std::move(meanwhile), std::move(done)));
        testing::run_all(std::move(tasks));
    }

    std::map<std::string, unsigned> allowed;  // by key
    unsigned decided_here = 0;                // in process
    unsigned slow = 0;                        // decisions that took longer than half of the patience
    unsigned all = 0;

private:
    Task<void> ask(RateLimiter& limiter) {
        while (!stop_) {
            for (const std::string& key : keys_) {
                const auto began = std::chrono::steady_clock::now();
                const RateDecision decision = co_await limiter.take(key, limit_, window_);
                ++all;
                if (std::chrono::steady_clock::now() - began > RateLimiter::patience / 2) ++slow;
                if (decision.allowed) ++allowed[key];
                if (decision.limit != limit_) ++decided_here;
            }
            co_await nap(std::chrono::milliseconds{1});
        }
    }
    Task<void> watch(std::function<void()> meanwhile, std::function<bool()> done) {
        co_await nap(std::chrono::milliseconds{20});
        meanwhile();
        try {
            co_await wait_while_running(std::move(done), std::chrono::seconds{40});
        } catch (...) {
            stop_ = true;
            throw;
        }
        stop_ = true;
    }

    std::vector<std::unique_ptr<LiveReplica>>& replicas_;
    std::vector<std::string> keys_;
    unsigned limit_;
    std::chrono::seconds window_;
    bool stop_ = false;
};

}  // namespace safargo::redis
