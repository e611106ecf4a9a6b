// A client of servers that the test plays.
#pragma once

#include "adapters/redis/client.hpp"
#include "adapters/redis/cluster.hpp"
#include "core/failures.hpp"
#include "testing/fake_redis.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace safargo::redis {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using testing::bulk;
using testing::FakeRedis;
using testing::run;
using Words = FakeRedis::Words;

// Keys of the first and of the last third of the slots.
inline const std::string low_key = "hello", high_key = "foo";

inline Task<void> pause(milliseconds time) {
    boost::asio::steady_timer timer(*testing::shared_context(), time);
    co_await timer.async_wait(boost::asio::use_awaitable);
}

// Lets everything go on until it holds; throws after 20 s.
inline void until(const std::function<bool()>& holds) {
    const auto deadline = steady_clock::now() + std::chrono::seconds{20};
    while (!holds()) {
        if (steady_clock::now() > deadline) throw std::runtime_error("gave up waiting");
        run(pause(milliseconds{2}));
    }
}

class FakeClusterTest : public ::testing::Test {
protected:
    // A node of the cluster: it knows `slots`, and the rest is up to `answer`.
    std::unique_ptr<FakeRedis> node(FakeRedis::Answer answer) {
        return std::make_unique<FakeRedis>(FakeRedis::Answer([this, answer = std::move(answer)](const Words& command) {
            if (command.front() == "CLUSTER") return slots;
            if (command.front() == "PING") return std::string("+PONG\r\n");
            return answer(command);
        }));
    }
    // One that answers with its name, and the command.
    static FakeRedis::Answer named(std::string name) {
        return [name = std::move(name)](const Words& command) { return bulk(name + " " + command.back()); };
    }
    void serve_all(const FakeRedis& one) { slots = testing::slots_reply({{0, 16'383, one.port()}}); }
    void serve_halves(const FakeRedis& low, const FakeRedis& high) {
        slots = testing::slots_reply({{0, 8'191, low.port()}, {8'192, 16'383, high.port()}});
    }

    static std::string url(const std::vector<const FakeRedis*>& seeds) {
        std::string text = "redis://";
        for (const FakeRedis* seed : seeds)
            text += fmt::format("{}127.0.0.1:{}", text.ends_with('/') ? "" : ",", seed->port());
        return text;
    }
    Client& connect(std::string to) {
        options.url = std::move(to);
        client = std::make_unique<Client>(testing::shared_context()->get_executor(), options);
        return *client;
    }
    Client& connect(const FakeRedis& seed) { return connect(url({&seed})); }

    Reply send(const std::string& key, Command command, milliseconds time = milliseconds{2'000}) {
        return run(client->send(key, std::move(command), steady_clock::now() + time));
    }
    // A GET of the key; the text of the reply.
    std::string get(const std::string& key, milliseconds time = milliseconds{2'000}) {
        return send(key, {"GET", key}, time).text;
    }
    Health::State state() const { return client->health()->state(); }

    std::string slots;
    ClientOptions options;
    std::unique_ptr<Client> client;
};

inline std::string error(const std::string& text) {
    return "-" + text + "\r\n";
}
inline std::string moved(const FakeRedis& to, int slot = 1) {
    return error(fmt::format("MOVED {} 127.0.0.1:{}", slot, to.port()));
}

}  // namespace safargo::redis
