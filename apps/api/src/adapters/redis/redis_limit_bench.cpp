// What a rate-limit decision by a real Redis cluster costs the request that waits for it, at a constant 10,000 a second
// on one thread. The budget is 300 µs. `./safargo bench --only redis.limit` starts the cluster of REDIS_URL.
#include "adapters/redis/stores.hpp"

#include <benchmark/benchmark.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

namespace safargo::redis {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr int per_millisecond = 10, warm_up = 500, milliseconds = 3'000, clients = 5'000;

struct Load {
    boost::asio::io_context io{1};
    SystemClock clock;
    local::RateCounts counts{clock};
    Standing standing;
    std::vector<double> seconds;
    int running = 0;
    bool shared = true;

    Task<void> take(RateLimiter& limiter, int number) {
        const std::string key = "bench:" + std::to_string(number % clients);
        const auto began = Clock::now();
        const RateDecision decision = co_await limiter.take(key, 1'000'000, 60s);
        shared = shared && decision.limit == 1'000'000;
        if (number >= warm_up * per_millisecond) {
            seconds.push_back(std::chrono::duration<double>(Clock::now() - began).count());
        }
        --running;
    }
    // Open loop: a decision that takes long holds up no other.
    Task<void> run() {
        ClientOptions options{.url = std::getenv("REDIS_URL"), .ca_file = std::getenv("SAFARGO_CA_FILE")};
        Stores stores(io.get_executor(), std::move(options), standing, counts, 1);
        boost::asio::steady_timer timer(io);
        while (!standing.up()) co_await nap(timer, Clock::now() + 5ms);
        const auto began = Clock::now();
        for (int tick = 0; tick < warm_up + milliseconds; ++tick) {
            for (int i = 0; i < per_millisecond; ++i) {
                ++running;
                boost::asio::co_spawn(io, take(stores.limiter(), tick * per_millisecond + i), boost::asio::detached);
            }
            co_await nap(timer, began + std::chrono::milliseconds(tick + 1));
        }
        while (running > 0) co_await nap(timer, Clock::now() + 5ms);
    }
    static Task<void> nap(boost::asio::steady_timer& timer, Clock::time_point until) {
        timer.expires_at(until);
        co_await timer.async_wait(boost::asio::use_awaitable);
    }
};

std::vector<double> run_load() {
    if (std::getenv("REDIS_URL") == nullptr || std::getenv("SAFARGO_CA_FILE") == nullptr) {
        throw std::runtime_error("REDIS_URL and SAFARGO_CA_FILE name no cluster");
    }
    Load load;
    auto done = boost::asio::co_spawn(load.io, load.run(), boost::asio::use_future);
    while (done.wait_for(0s) != std::future_status::ready) load.io.run_one();
    done.get();
    if (!load.shared) throw std::runtime_error("some were decided in process");
    std::ranges::sort(load.seconds);
    return load.seconds;
}

// share 1: the mean.
void decision(benchmark::State& state, double share) {
    for (auto _ : state) {
        try {
            const std::vector<double> sorted = run_load();
            const auto count = static_cast<double>(sorted.size());
            const double mean = std::accumulate(sorted.begin(), sorted.end(), 0.0) / count;
            state.SetIterationTime(share == 1 ? mean : sorted[static_cast<std::size_t>(share * count)]);
        } catch (const std::exception& failure) {
            state.SkipWithError(failure.what());
        }
    }
}
BENCHMARK_CAPTURE(decision, mean, 1.0)->Iterations(1)->UseManualTime()->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(decision, p50, 0.5)->Iterations(1)->UseManualTime()->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(decision, p99, 0.99)->Iterations(1)->UseManualTime()->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace safargo::redis
