// Servers that lie, dawdle and hang up: a command may fail, but never waits longer than it should, never gets another
// command's reply, and the next one works again.
#include "adapters/redis/fixture_test.hpp"

namespace safargo::redis {
namespace {

using Peer = std::shared_ptr<FakeRedis::Peer>;

// Tells its slots; says `poison` instead of the reply to the first GET, and behaves from then on.
struct Poisoner {
    std::string slots, poison;
    bool hangs_up = false, drips = false;
    unsigned poisoned = 0;

    static Task<void> talk(Poisoner* self, Peer peer) {
        while (const auto command = co_await peer->command()) {
            if (command->front() == "CLUSTER") {
                co_await peer->say(self->slots);
            } else if (command->front() == "PING") {
                co_await peer->say("+PONG\r\n");
            } else if (self->poisoned++ > 0) {
                co_await peer->say(bulk(command->back()));
            } else if (self->drips) {
                co_await drip(self->poison, peer);
            } else {
                co_await peer->say(self->poison);
                if (self->hangs_up) co_return;
            }
        }
    }
    // A byte at a time, for ever.
    static Task<void> drip(std::string byte, Peer peer) {
        boost::asio::steady_timer timer(*testing::shared_context());
        while (co_await peer->say(byte)) {
            timer.expires_after(milliseconds{5});
            co_await timer.async_wait(boost::asio::use_awaitable);
        }
    }
};

class HostileTest : public FakeClusterTest {
protected:
    HostileTest() { poisoner.slots = testing::slots_reply({{0, 16'383, server.port()}}); }
    ~HostileTest() override {
        server.stop();
        client.reset();
        until([this] { return server.open() == 0; });
    }
    void start() {
        connect(server);
        until([this] { return state() == Health::State::ok; });
    }
    void expect_recovery() {
        until([this] {
            try {
                return get("next") == "next";
            } catch (const DependencyUnavailable&) {
                return false;
            }
        });
    }

    Poisoner poisoner;
    FakeRedis server{FakeRedis::Talk([this](Peer peer) { return Poisoner::talk(&poisoner, peer); })};
};

class PoisonTest : public HostileTest, public ::testing::WithParamInterface<const char*> {};

TEST_P(PoisonTest, EndsTheConnectionAndNothingElse) {
    poisoner.poison = GetParam();
    start();
    const auto started = steady_clock::now();
    EXPECT_THROW(get("key", milliseconds{10'000}), DependencyUnavailable);
    EXPECT_LT(steady_clock::now() - started, milliseconds{8'000}) << "long before its deadline";
    expect_recovery();
    EXPECT_EQ(server.connections(), 2U);
}

INSTANTIATE_TEST_SUITE_P(Bytes, PoisonTest,
                         ::testing::Values("HTTP/1.1 400 Bad Request\r\n\r\n", "$-7\r\n", "$999999999999\r\n",
                                           "*999999999\r\n",
                                           "*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n",
                                           "$3\r\nabcdef\r\n", ":12x\r\n", "\r\n"));

TEST_F(HostileTest, ALengthThatNeverComesTrueEndsWithTheDeadlineAndThenTheConnection) {
    poisoner.poison = "$100\r\nnot that much";
    options.longest_silence = milliseconds{1'000};
    start();
    EXPECT_THROW(get("key", milliseconds{50}), DeadlineExceeded);
    until([this] { return server.connections() == 2; });
    expect_recovery();
}

TEST_F(HostileTest, ADrippedReplyDoesNotKeepTheConnectionAlive) {
    poisoner.poison = "+";  // a status line without an end
    poisoner.drips = true;
    options.longest_silence = milliseconds{1'000};
    start();
    EXPECT_THROW(get("key", milliseconds{50}), DeadlineExceeded);
    const auto started = steady_clock::now();
    until([this] { return server.connections() == 2; });
    EXPECT_LT(steady_clock::now() - started, milliseconds{8'000});
    expect_recovery();
}

TEST_F(HostileTest, AnEndInTheMiddleOfAReplyIsAnUnknownOutcome) {
    poisoner.poison = "$100\r\nhalf";
    poisoner.hangs_up = true;
    start();
    EXPECT_THROW(get("key"), DependencyUnavailable);
    expect_recovery();
    EXPECT_EQ(server.count("GET"), 2U);  // the other one is that of the recovery
}

TEST_F(HostileTest, MoreRepliesThanCommandsEndTheConnection) {
    poisoner.poison = "$3\r\nkey\r\n$5\r\nextra\r\n";
    start();
    EXPECT_EQ(get("key"), "key");
    until([this] { return server.connections() == 2; });
    expect_recovery();  // never "extra"
}

Task<void> hang_up_at_once(Peer) {
    co_return;
}

TEST(HostileServer, ThatHangsUpAtOnceIsTriedWithPauses) {
    FakeRedis server(FakeRedis::Talk([](Peer peer) { return hang_up_at_once(std::move(peer)); }));
    const Client client(testing::shared_context()->get_executor(),
                        {.url = fmt::format("redis://127.0.0.1:{}", server.port())});
    const auto started = steady_clock::now();
    until([&] { return server.connections() == 6; });
    // The second comes at once; then pauses of at least half of 25, 50, 100 and 200 ms.
    EXPECT_GE(steady_clock::now() - started, milliseconds{185});
}

Task<void> flood(Peer peer) {
    while (co_await peer->say(std::string(65'536, '+'))) {
    }
}

TEST(HostileServer, ThatTalksWithoutBeingAskedIsLeft) {
    FakeRedis server(FakeRedis::Talk([](Peer peer) { return flood(std::move(peer)); }));
    Client client(testing::shared_context()->get_executor(),
                  {.url = fmt::format("redis://127.0.0.1:{}", server.port())});
    until([&] { return server.connections() >= 2; });
    EXPECT_THROW(run(client.send("k", {"GET", "k"}, steady_clock::now() + milliseconds{300})), std::runtime_error);
    EXPECT_NE(client.health()->state(), Health::State::ok);
}

TEST_F(FakeClusterTest, ATopologyThatIsNoneIsAnOutage) {
    slots = "*1\r\n*3\r\n:0\r\n:99999\r\n*2\r\n$1\r\nh\r\n:1\r\n";
    const auto one = node(named("one"));
    connect(*one);
    EXPECT_THROW(get(low_key), DependencyUnavailable);
    EXPECT_EQ(state(), Health::State::down);
    serve_all(*one);
    until([this] { return state() == Health::State::ok; });
    EXPECT_EQ(get(low_key), "one hello");
}

TEST_F(FakeClusterTest, AnEmptyTopologyDoesNotReplaceAGoodOne) {
    const auto one = node(named("one"));
    serve_all(*one);
    connect(*one);
    EXPECT_EQ(get(low_key), "one hello");
    slots = "*0\r\n";
    one->hang_up();
    until([&] { return one->connections() == 2 && one->count("CLUSTER") >= 2; });
    EXPECT_EQ(get(low_key), "one hello");
}

TEST_F(FakeClusterTest, AStormOfMovedAsksForFewLooks) {
    std::unique_ptr<FakeRedis> high;
    const auto low = node([&](const Words&) { return moved(*high); });
    high = node(named("high"));
    serve_halves(*low, *high);  // and never says otherwise
    connect(*low);
    const auto started = steady_clock::now();
    int sent = 0;
    while (steady_clock::now() - started < milliseconds{500}) {
        EXPECT_EQ(get(low_key), "high hello");
        ++sent;
    }
    EXPECT_GT(sent, 20);
    EXPECT_LE(low->count("CLUSTER") + high->count("CLUSTER"), 8U);
}

TEST_F(FakeClusterTest, AServerThatSendsUsEverywhereOpensFewConnections) {
    std::vector<std::unique_ptr<FakeRedis>> others;
    std::size_t next = 0;
    for (int i = 0; i < 30; ++i)
        others.push_back(node([&](const Words&) { return moved(*others[next++ % others.size()]); }));
    const auto one = node([&](const Words&) { return moved(*others[next++ % others.size()]); });
    serve_all(*one);
    connect(*one);
    EXPECT_THROW(get(low_key, milliseconds{20'000}), DependencyUnavailable);
    std::size_t opened = 0;
    for (const auto& other : others) opened += other->connections();
    EXPECT_LE(opened, 17U);
}

}  // namespace
}  // namespace safargo::redis
