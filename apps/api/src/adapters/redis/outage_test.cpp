// Nodes that go, come back, move, or cannot be found.
#include "adapters/redis/fixture_test.hpp"

#include <boost/asio/ip/tcp.hpp>

namespace safargo::redis {
namespace {

using boost::asio::ip::tcp;

class OutageTest : public FakeClusterTest {
protected:
    // With a resolver of our own: `names` says at which port of 127.0.0.1 a host is; 0 is an unknown name.
    void connect_by_name(std::string to) {
        options.url = std::move(to);
        cluster = Cluster::start(testing::shared_context()->get_executor(), options,
                                 [this](Address address) { return look_up(this, std::move(address)); });
    }
    static Task<Endpoints> look_up(OutageTest* self, Address address) {
        self->asked.push_back(address.host);
        if (address.host == "slow.example") {
            co_await self->never->async_wait(boost::asio::use_awaitable);
        }
        Endpoints endpoints;
        for (const std::uint16_t port : self->names[address.host]) {
            endpoints.emplace_back(boost::asio::ip::address_v4::loopback(), port);
        }
        if (endpoints.empty()) throw boost::system::system_error(boost::asio::error::host_not_found);
        co_return endpoints;
    }
    std::string ask(const std::string& key, milliseconds time = milliseconds{2'000}) {
        return run(Cluster::send(cluster, slot_of(key), {"GET", key}, steady_clock::now() + time)).text;
    }
    // Until a command works.
    void until_answered(const std::string& key, const std::string& answer) {
        until([&] {
            try {
                return (cluster ? ask(key) : get(key)) == answer;
            } catch (const DependencyUnavailable&) {
                return false;
            }
        });
    }
    ~OutageTest() override {
        if (cluster) cluster->close();
        never->cancel();
        testing::shared_context()->restart();
        testing::shared_context()->poll();
    }

    std::map<std::string, std::vector<std::uint16_t>> names;
    std::vector<std::string> asked;
    std::shared_ptr<boost::asio::steady_timer> never =
        std::make_shared<boost::asio::steady_timer>(*testing::shared_context(), steady_clock::time_point::max());
    std::shared_ptr<Cluster> cluster;
};

TEST_F(OutageTest, WhenAllNodesAreGoneCommandsFailAtOnceAndComeBackByThemselves) {
    const auto low = node(named("low")), high = node(named("high"));
    serve_halves(*low, *high);
    connect(*low);
    EXPECT_EQ(get(low_key), "low hello");
    low->stop();
    high->stop();
    until([this] { return state() == Health::State::down; });
    const auto started = steady_clock::now();
    for (int i = 0; i < 20; ++i) EXPECT_THROW(get(low_key), DependencyUnavailable);
    EXPECT_LT(steady_clock::now() - started, std::chrono::seconds{2}) << "what a single one would wait";
    low->restart();
    high->restart();
    until([this] { return state() == Health::State::ok; });  // without a single command
    EXPECT_EQ(get(high_key), "high foo");
}

TEST_F(OutageTest, AClientMayStartBeforeItsServers) {
    const auto one = node(named("one"));
    serve_all(*one);
    one->stop();
    connect(*one);
    EXPECT_EQ(state(), Health::State::starting);
    EXPECT_THROW(get(low_key), DependencyUnavailable);
    EXPECT_EQ(state(), Health::State::down);
    one->restart();
    until([this] { return state() == Health::State::ok; });
    EXPECT_EQ(get(low_key), "one hello");
}

TEST_F(OutageTest, ALostMasterDegradesOnlyItsOwnKeys) {
    const auto low = node(named("low")), high = node(named("high"));
    serve_halves(*low, *high);
    connect(*high);
    EXPECT_EQ(get(low_key), "low hello");
    low->stop();
    until([this] { return state() == Health::State::degraded; });
    EXPECT_THROW(get(low_key), DependencyUnavailable);
    EXPECT_EQ(get(high_key), "high foo");
}

TEST_F(OutageTest, AMasterThatDiesWithoutAMovedIsReplaced) {
    const auto master = node(named("master")), other = node(named("other")), replica = node(named("replica"));
    slots = testing::slots_reply({{0, 8'191, master->port(), {replica->port()}}, {8'192, 16'383, other->port()}});
    connect(*master);
    EXPECT_EQ(get(low_key), "master hello");
    master->stop();
    until([this] { return state() == Health::State::degraded; });
    slots = testing::slots_reply({{0, 8'191, replica->port()}, {8'192, 16'383, other->port()}});  // nobody tells us
    until_answered(low_key, "replica hello");
}

TEST_F(OutageTest, AFrozenMasterIsReplacedAlthoughItsConnectionStays) {
    bool frozen = false;
    std::unique_ptr<FakeRedis> master;
    master = std::make_unique<FakeRedis>(FakeRedis::Answer([&](const Words& command) {
        if (frozen) return std::string();
        return command.front() == "CLUSTER" ? slots : bulk("master " + command.back());
    }));
    const auto replica = node(named("replica"));
    slots = testing::slots_reply({{0, 16'383, master->port(), {replica->port()}}});
    options.connect_timeout = milliseconds{200};
    connect(*master);
    EXPECT_EQ(get(low_key), "master hello");
    frozen = true;
    EXPECT_THROW(get(low_key, milliseconds{50}), DeadlineExceeded);
    slots = testing::slots_reply({{0, 16'383, replica->port()}});
    until([&] {
        try {
            return get(low_key, milliseconds{50}) == "replica hello";
        } catch (const DeadlineExceeded&) {
            return false;
        } catch (const DependencyUnavailable&) {
            return false;
        }
    });
}

TEST_F(OutageTest, ALostConnectionMakesUsLookEvenIfItCouldBeOpenedAgain) {
    const auto low = node(named("low")), high = node(named("high"));
    serve_halves(*low, *high);
    connect(*low);
    EXPECT_EQ(get(high_key), "high foo");
    serve_all(*low);
    high->hang_up();
    until_answered(high_key, "low foo");
}

TEST_F(OutageTest, ASeedIsResolvedAgainWhenItsAddressHasChanged) {
    const auto before = node(named("before")), after = node(named("after"));
    slots = testing::slots_reply({{0, 16'383, before->port(), {}, "node.example"}});
    names = {{"seed.example", {before->port()}}, {"node.example", {before->port()}}};
    connect_by_name("redis://seed.example:7000");
    EXPECT_EQ(ask(low_key), "before hello");
    // Every node is replaced: other addresses, other names. Only the seed's name is still right.
    before->stop();
    slots = testing::slots_reply({{0, 16'383, after->port(), {}, "new.example"}});
    names = {{"seed.example", {after->port()}}, {"new.example", {after->port()}}};
    until_answered(low_key, "after hello");
    EXPECT_GE(std::ranges::count(asked, "seed.example"), 2);
}

TEST_F(OutageTest, ANodeIsResolvedAgainAfterALoss) {
    const auto before = node(named("before")), after = node(named("after"));
    slots = testing::slots_reply({{0, 16'383, 7000, {}, "node.example"}});
    names = {{"node.example", {before->port()}}};
    connect_by_name("redis://node.example:7000");
    EXPECT_EQ(ask(low_key), "before hello");
    names = {{"node.example", {after->port()}}};
    before->stop();
    until_answered(low_key, "after hello");
}

TEST_F(OutageTest, AnUnknownNameIsAnOutageUntilItIsKnown) {
    const auto one = node(named("one"));
    serve_all(*one);
    connect_by_name("redis://seed.example:7000");
    EXPECT_THROW(ask(low_key), DependencyUnavailable);
    names = {{"seed.example", {one->port()}}};
    until_answered(low_key, "one hello");
}

TEST_F(OutageTest, ASlowResolverHoldsNobodyUp) {
    const auto one = node(named("one"));
    serve_all(*one);
    names = {{"seed.example", {one->port()}}};
    options.connect_timeout = milliseconds{100};
    connect_by_name("redis://slow.example:7000,seed.example:7000");
    until_answered(low_key, "one hello");
    EXPECT_LE(std::ranges::count(asked, "slow.example"), 1);  // who waits again joins the one in progress
    cluster->close();
    options.connect_timeout = milliseconds{2'000};
    connect_by_name("redis://slow.example:7000");
    const auto started = steady_clock::now();
    EXPECT_THROW(ask(low_key, milliseconds{50}), DeadlineExceeded);
    EXPECT_LT(steady_clock::now() - started, options.connect_timeout);
    until([this] { return cluster->health()->state() == Health::State::down; });
    EXPECT_THROW(ask(low_key), DependencyUnavailable);
}

TEST_F(OutageTest, OfSeveralAddressesTheOneThatAnswersIsFound) {
    FakeRedis silent([](const Words&) { return std::string(); });  // accepts, and says nothing
    FakeRedis one([this](const Words& command) {
        if (command.front() == "AUTH") return std::string("+OK\r\n");
        return command.front() == "CLUSTER" ? slots : bulk("one " + command.back());
    });
    slots = testing::slots_reply({{0, 16'383, 7000, {}, "seed.example"}});
    names = {{"seed.example", {silent.port(), one.port(), silent.port()}}};
    options.connect_timeout = milliseconds{300};
    connect_by_name("redis://:pw@seed.example:7000");
    EXPECT_EQ(ask(low_key), "one hello");
}

TEST_F(OutageTest, EveryConnectionSignsInFirst) {
    FakeRedis server([this](const Words& command) {
        if (command.front() == "AUTH") return std::string("+OK\r\n");
        return command.front() == "CLUSTER" ? slots : bulk("it " + command.back());
    });
    serve_all(server);
    connect(fmt::format("redis://app:p%40ss@127.0.0.1:{}", server.port()));
    EXPECT_EQ(get(low_key), "it hello");
    server.hang_up();
    until_answered(low_key, "it hello");
    EXPECT_EQ(server.heard().front(), (Words{"AUTH", "app", "p@ss"}));
    EXPECT_EQ(server.connections(), 2U);
    EXPECT_EQ(server.count("AUTH"), 2U);
}

TEST_F(OutageTest, ARefusedPasswordIsAnOutageAndIsNotRepeatedToAnyone) {
    FakeRedis server([](const Words&) { return error("WRONGPASS invalid username-password pair, not geheim"); });
    connect(fmt::format("redis://:geheim@127.0.0.1:{}", server.port()));
    try {
        get(low_key);
        FAIL();
    } catch (const DependencyUnavailable& failure) {
        EXPECT_THAT(failure.what(), ::testing::HasSubstr("WRONGPASS"));
        EXPECT_THAT(failure.what(), ::testing::Not(::testing::HasSubstr("geheim")));
    }
    EXPECT_EQ(state(), Health::State::down);
}

TEST_F(OutageTest, ANodeThatNoLongerKnowsUsIsSignedInToAgain) {
    bool known = true;
    FakeRedis server([&](const Words& command) {
        if (command.front() == "AUTH") {
            known = true;
            return std::string("+OK\r\n");
        }
        if (command.front() == "CLUSTER") return slots;
        return known ? bulk("it " + command.back()) : error("NOAUTH Authentication required.");
    });
    serve_all(server);
    connect(fmt::format("redis://:pw@127.0.0.1:{}", server.port()));
    EXPECT_EQ(get(low_key), "it hello");
    known = false;
    EXPECT_THROW(get(low_key), DependencyUnavailable);
    until_answered(low_key, "it hello");
    EXPECT_EQ(server.count("AUTH"), 2U);
}

TEST_F(OutageTest, ANodeOutOfTheClusterIsLeft) {
    const auto low = node(named("low")), high = node(named("high"));
    serve_halves(*low, *high);
    connect(*low);
    EXPECT_EQ(get(high_key), "high foo");
    serve_all(*low);
    high->stop();
    until_answered(high_key, "low foo");
    until([this] { return state() == Health::State::ok; });
    high->restart();
    for (int i = 0; i < 20; ++i) get(low_key);
    EXPECT_EQ(high->open(), 0U);
}

}  // namespace
}  // namespace safargo::redis
