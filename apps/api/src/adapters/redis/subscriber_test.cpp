#include "adapters/redis/subscriber.hpp"

#include "adapters/redis/fixture_test.hpp"
#include "testing/cancellable.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/system/system_error.hpp>

namespace safargo::redis {
namespace {

using Peer = std::shared_ptr<FakeRedis::Peer>;

std::string list_of(std::vector<std::string> words) {
    std::string bytes = fmt::format("*{}\r\n", words.size());
    for (const std::string& word : words) bytes += bulk(word);
    return bytes;
}

Task<void> take(Subscriber* from, std::string* into) {
    *into = co_await from->next();
}

Task<void> say(Peer peer, std::string bytes) {
    co_await peer->say(bytes);
}

class SubscriberTest : public ::testing::Test {
protected:
    struct Server {
        std::string slots = error("ERR This instance has cluster support disabled");
        bool answers_pings = true;
        std::vector<Peer> subscribed{};
        std::size_t pings = 0;

        static Task<void> talk(Server* self, Peer peer) {
            while (const auto command = co_await peer->command()) {
                if (command->front() == "CLUSTER") {
                    co_await peer->say(self->slots);
                } else if (command->front() == "SUBSCRIBE") {
                    co_await peer->say(fmt::format("*3\r\n{}{}:1\r\n", bulk("subscribe"), bulk(command->back())));
                    self->subscribed.push_back(peer);
                } else if (command->front() == "PING") {
                    ++self->pings;
                    if (self->answers_pings) co_await peer->say(list_of({"pong", ""}));
                }
            }
            std::erase(self->subscribed, peer);
        }
    };
    ~SubscriberTest() override {
        subscriber.reset();
        server.stop();
        until([this] { return server.open() == 0; });
    }

    void subscribe(const std::string& url) {
        options.url = url;
        subscriber = std::make_unique<Subscriber>(testing::shared_context()->get_executor(), options, "news");
    }
    void subscribe() {
        subscribe(fmt::format("redis://127.0.0.1:{}", server.port()));
        EXPECT_EQ(next(), "");
    }
    std::string next() { return run(subscriber->next()); }
    static Task<void> tell(Server* server, std::string payload) {
        for (const Peer& peer : std::vector(server->subscribed))
            co_await peer->say(list_of({"message", "news", payload}));
    }
    void publish(const std::string& payload) { run(tell(&state, payload)); }

    Server state;
    FakeRedis server{FakeRedis::Talk([this](Peer peer) { return Server::talk(&state, peer); })};
    ClientOptions options;
    std::unique_ptr<Subscriber> subscriber;
};

TEST_F(SubscriberTest, FirstSaysThatSomethingMayHaveBeenMissedThenWhatComes) {
    subscribe();
    publish("one");
    publish("two");
    EXPECT_EQ(next(), "one");
    EXPECT_EQ(next(), "two");
}

TEST_F(SubscriberTest, SaysSoAgainAfterEachLoss) {
    subscribe();
    for (int i = 0; i < 3; ++i) {
        server.hang_up();
        EXPECT_EQ(next(), "");
        publish("again");
        EXPECT_EQ(next(), "again");
    }
    EXPECT_EQ(server.count("SUBSCRIBE"), 4U);
}

TEST_F(SubscriberTest, WaitsThroughAnOutage) {
    subscribe();
    server.stop();
    until([this] { return server.open() == 0; });
    std::string received = "nothing";
    testing::Cancellable task(take(subscriber.get(), &received));
    testing::turn(task, 20);
    EXPECT_FALSE(task.ended());
    server.restart();
    task.wait();
    EXPECT_EQ(received, "");
}

TEST_F(SubscriberTest, ADeadPeerIsFoundByItsSilence) {
    options.ping_interval = milliseconds{40};
    options.longest_silence = milliseconds{1'000};
    subscribe();
    until([this] { return state.pings >= 3; });
    EXPECT_EQ(server.connections(), 1U);  // silence alone is no reason
    state.answers_pings = false;
    EXPECT_EQ(next(), "");
    EXPECT_EQ(server.connections(), 2U);
}

TEST_F(SubscriberTest, AServerThatNeverAnswersIsLeftToo) {
    FakeRedis silent([](const Words&) { return std::string(); });
    options.longest_silence = milliseconds{60};
    subscribe(fmt::format("redis://127.0.0.1:{},127.0.0.1:{}", silent.port(), server.port()));
    EXPECT_EQ(next(), "");
    EXPECT_GE(silent.connections(), 1U);
}

TEST_F(SubscriberTest, TurnsToNodesThatItHasHeardOf) {
    FakeRedis seed(FakeRedis::Talk([this](Peer peer) { return Server::talk(&state, peer); }));
    state.slots = testing::slots_reply({{0, 16'383, seed.port(), {server.port()}}});
    subscribe(fmt::format("redis://127.0.0.1:{}", seed.port()));
    EXPECT_EQ(next(), "");
    seed.stop();
    EXPECT_EQ(next(), "");
    publish("from the replica");
    EXPECT_EQ(next(), "from the replica");
    EXPECT_EQ(server.connections(), 1U);
}

TEST_F(SubscriberTest, KeepsMessagesWhileNobodyWaitsButNotWithoutEnd) {
    subscribe();
    for (int i = 0; i < 10; ++i) publish(std::to_string(i));
    until([this] { return server.open() == 1; });
    EXPECT_EQ(next(), "0");
    std::string flood;
    for (int i = 0; i < 5'000; ++i) flood += list_of({"message", "news", "x"});
    run(say(state.subscribed.front(), flood));
    std::vector<std::string> received;
    do {
        received.push_back(next());
    } while (received.back() != "");  // too many: missed
    EXPECT_LE(received.size(), 11U + 4'097U);
    publish("after");
    do {
        received.push_back(next());
    } while (received.back() == "x" || received.back().empty());
    EXPECT_EQ(received.back(), "after");
}

TEST_F(SubscriberTest, ACancelledWaitLosesNoMessage) {
    subscribe();
    for (std::size_t steps = 0; steps < 12; ++steps) {
        std::string received;
        testing::Cancellable task(take(subscriber.get(), &received));
        testing::turn(task, std::min<std::size_t>(steps, 3));
        task.cancel();
        task.wait();
        const std::string payload = std::to_string(steps);
        publish(payload);
        EXPECT_EQ(next(), payload);
    }
    EXPECT_EQ(server.connections(), 1U);
}

TEST_F(SubscriberTest, CloseEndsTheWait) {
    subscribe();
    std::string received;
    testing::Cancellable task(take(subscriber.get(), &received));
    testing::turn(task, 3);
    subscriber->close();
    task.wait();
    EXPECT_THROW(next(), boost::system::system_error);
    until([this] { return server.open() == 0; });
}

TEST_F(SubscriberTest, ARefusedSubscriptionIsTriedAgainWithPauses) {
    FakeRedis refusing([](const Words& command) {
        return command.front() == "CLUSTER" ? error("ERR This instance has cluster support disabled")
                                            : error("NOPERM no");
    });
    const auto started = steady_clock::now();
    subscribe(fmt::format("redis://127.0.0.1:{}", refusing.port()));
    until([&] { return refusing.connections() == 5; });
    EXPECT_GE(steady_clock::now() - started, milliseconds{170});
}

TEST(SubscriberOptions, AreChecked) {
    EXPECT_THROW(Subscriber(testing::shared_context()->get_executor(), {.url = "http://h"}, "news"),
                 std::invalid_argument);
}

}  // namespace
}  // namespace safargo::redis
