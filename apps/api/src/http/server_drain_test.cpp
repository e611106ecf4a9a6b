// Graceful shutdown loses no request.
#include "http/sample_server_test.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <thread>
#include <vector>

namespace safargo::http::testing {
namespace {

using namespace std::chrono_literals;

void wait_until_draining(const SampleServer& sample) {
    while (sample.readiness.phase() != Readiness::Phase::draining) std::this_thread::yield();
}

TEST(Drain, DuringTheDelayRequestsAreServedWithConnectionClose) {
    SampleServer sample({.drain_delay = 300ms});
    EXPECT_TRUE(sample.readiness.ready());
    std::jthread draining;
    {
        Client old = sample.connect();
        EXPECT_FALSE(old.ask(get("/hello")).closes());
        draining = std::jthread([&] { sample.server.drain(); });
        wait_until_draining(sample);

        const Answer fresh = sample.ask(get("/hello"));
        EXPECT_EQ(fresh.status, 200);
        EXPECT_TRUE(fresh.closes());
        const Answer last = old.ask(get("/hello"));
        EXPECT_EQ(last.status, 200);
        EXPECT_TRUE(last.closes());
    }
    draining.join();
    EXPECT_THROW(sample.connect(), std::runtime_error) << "the port is closed";
}

TEST(Drain, RequestsInProgressAreFinished) {
    SampleServer sample({.threads = 2, .drain_delay = 1ms});
    std::vector<Client> clients;
    for (int i = 0; i < 10; ++i) {
        clients.push_back(sample.connect());
        clients.back().send(get("/held"));
    }
    sample.gate->wait_for(10);
    std::jthread draining([&] { sample.server.drain(); });
    wait_until_draining(sample);
    sample.gate->open();
    for (Client& client : clients) {
        const Answer answer = client.read();
        EXPECT_EQ(answer.status, 200);
        EXPECT_TRUE(answer.closes());
    }
    clients.clear();
}

TEST(Drain, IdleConnectionsDoNotDelayIt) {
    SampleServer sample({.drain_delay = 1ms});
    Client idle = sample.connect();
    idle.ask(get("/hello"));
    const auto began = std::chrono::steady_clock::now();
    sample.server.drain();
    EXPECT_LT(std::chrono::steady_clock::now() - began, 10s);
    EXPECT_TRUE(idle.closed());
    EXPECT_EQ(sample.server.connections(), 0U);
}

TEST(Drain, AHandlerThatNeverEndsIsAbandonedAfterTheLimit) {
    SampleServer sample({.drain_delay = 1ms, .drain_limit = 50ms});
    Client client = sample.connect();
    client.send(get("/held"));
    sample.gate->wait_for(1);
    std::jthread opener([&] {
        while (sample.server.connections() > 0 && !client.closed()) {
        }
        sample.gate->open();  // after its connection is gone
    });
    sample.server.drain();
    opener.join();
    EXPECT_EQ(sample.server.connections(), 0U);
}

// Clients that reconnect when told to, and stop (as a load balancer does) some time into the delay.
struct Load {
    std::atomic<bool> deregistered{false};
    std::atomic<int> answered{0};
    std::atomic<int> lost{0};

    void run(const SampleServer& sample) {
        while (!deregistered) {
            try {
                Client client = sample.connect();
                for (bool open = true; open && !deregistered;) {
                    client.send(get("/hello"));
                    open = !client.read().closes();
                    ++answered;
                }
            } catch (const std::exception&) {
                ++lost;
            }
        }
    }
};

TEST(Drain, UnderLoadNoRequestIsLost) {
    const char* scale = std::getenv("SAFARGO_TEST_SCALE");
    const int rounds = scale == nullptr ? 1 : std::max(1, std::atoi(scale));
    for (int round = 0; round < rounds; ++round) {
        SampleServer sample({.threads = 2, .drain_delay = 400ms, .rate_limit_per_ip = 10'000'000});
        Load load;
        std::vector<std::jthread> clients;
        for (int i = 0; i < 8; ++i) clients.emplace_back([&] { load.run(sample); });
        while (load.answered < 500) std::this_thread::yield();
        std::jthread draining([&] { sample.server.drain(); });
        wait_until_draining(sample);
        const int before = load.answered;
        while (load.answered < before + 100) std::this_thread::yield();
        load.deregistered = true;
        clients.clear();
        draining.join();
        EXPECT_EQ(load.lost, 0);
        EXPECT_EQ(sample.server.connections(), 0U);
    }
}

}  // namespace
}  // namespace safargo::http::testing
