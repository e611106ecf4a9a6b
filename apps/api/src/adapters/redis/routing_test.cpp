// Which node a command is sent to, and what its refusals lead to.
#include "adapters/redis/fixture_test.hpp"

namespace safargo::redis {
namespace {

class RoutingTest : public FakeClusterTest {};

TEST_F(RoutingTest, EachKeyGoesToTheMasterOfItsSlot) {
    const auto low = node(named("low")), high = node(named("high"));
    serve_halves(*low, *high);
    connect(*low);
    EXPECT_EQ(get(low_key), "low hello");
    EXPECT_EQ(get(high_key), "high foo");
    EXPECT_EQ(get("{hello}.more"), "low {hello}.more");
    EXPECT_EQ(low->count("GET"), 2U);
}

TEST_F(RoutingTest, ACommandWithoutAKeyGoesToMastersInTurn) {
    const auto low = node(named("low")), high = node(named("high"));
    serve_halves(*low, *high);
    connect(*low);
    for (int i = 0; i < 4; ++i) {
        run(client->send_anywhere({"PUBLISH", "channel", "x"}, steady_clock::now() + milliseconds{2'000}));
        until([this] { return state() == Health::State::ok; });
    }
    EXPECT_EQ(low->count("PUBLISH") + high->count("PUBLISH"), 4U);
    EXPECT_GE(low->count("PUBLISH"), 1U);
    EXPECT_GE(high->count("PUBLISH"), 1U);
}

TEST_F(RoutingTest, AMovedKeyIsFollowedAtOnceAndTheWholeTopologyIsReadAgain) {
    const auto high = node(named("high"));
    const auto low = node([&](const Words&) { return moved(*high); });
    serve_halves(*low, *high);
    connect(*low);
    const std::string before = slots;
    EXPECT_EQ(send(low_key, {"GET", low_key}).text, "high hello");
    slots = testing::slots_reply({{0, 16'383, high->port()}});
    until([&] { return get("{hello}x") == "high {hello}x" && low->count("CLUSTER") + high->count("CLUSTER") >= 2; });
    const std::size_t refused = low->count("GET");
    EXPECT_EQ(get(low_key), "high hello");
    EXPECT_EQ(low->count("GET"), refused);
}

TEST_F(RoutingTest, AMovedKeyIsFollowedToANodeThatNobodyHasToldUsOf) {
    const auto stranger = node(named("stranger"));
    const auto known = node([&](const Words&) { return moved(*stranger); });
    serve_all(*known);
    connect(*known);
    EXPECT_EQ(get(low_key), "stranger hello");
}

TEST_F(RoutingTest, WhoSentUsAwayIsAskedWhereEverythingIs) {
    // Of two nodes, one still has the old picture. The one that moved the key has the new one.
    std::string old_picture, new_picture;
    const auto promoted = node(named("promoted"));
    FakeRedis stale([&](const Words& command) { return command.front() == "CLUSTER" ? old_picture : error("ERR"); });
    FakeRedis informed([&](const Words& command) {
        if (command.front() != "CLUSTER") return moved(*promoted);
        return stale.count("CLUSTER") == 0 ? old_picture : new_picture;
    });
    old_picture = testing::slots_reply({{0, 16'383, informed.port(), {promoted->port(), stale.port()}}});
    new_picture = testing::slots_reply({{0, 16'383, promoted->port()}});
    slots = new_picture;
    connect(stale);
    EXPECT_EQ(get(low_key), "promoted hello");
    until([&] { return informed.count("CLUSTER") >= 1; });
    const std::size_t refused = informed.count("GET");
    EXPECT_EQ(get(high_key), "promoted foo");
    EXPECT_EQ(informed.count("GET"), refused);
}

TEST_F(RoutingTest, AnAskedNodeIsAskedWithAskingAndOnlyOnce) {
    const auto target = node([](const Words& command) {
        return command.front() == "ASKING" ? std::string("+OK\r\n") : bulk("target " + command.back());
    });
    bool migrating = true;
    const auto source = node([&](const Words& command) {
        return migrating ? error(fmt::format("ASK 866 127.0.0.1:{}", target->port()))
                         : bulk("source " + command.back());
    });
    serve_all(*source);
    connect(*source);
    EXPECT_EQ(get(low_key), "target hello");
    EXPECT_THAT(target->heard(), ::testing::ElementsAre(Words{"ASKING"}, Words{"GET", "hello"}));
    migrating = false;
    EXPECT_EQ(get(low_key), "source hello");
}

TEST_F(RoutingTest, TwoNodesThatSendUsToEachOtherAreLeft) {
    std::unique_ptr<FakeRedis> a, b;
    a = node([&](const Words&) { return moved(*b); });
    b = node([&](const Words&) { return moved(*a); });
    serve_halves(*a, *b);
    connect(*a);
    EXPECT_THROW(get(low_key, milliseconds{10'000}), DependencyUnavailable);
    EXPECT_LE(a->count("GET") + b->count("GET"), 17U);
    EXPECT_GE(a->count("GET") + b->count("GET"), 4U);
    // Each MOVED asks for a look, but they are bounded.
    EXPECT_LE(a->count("CLUSTER") + b->count("CLUSTER"), 30U);
}

TEST_F(RoutingTest, AKeyMovedToAnUnreachableNodeIsUnavailable) {
    const auto gone = node(named("gone"));
    const auto one = node([&](const Words&) { return moved(*gone); });
    serve_all(*one);
    connect(*one);
    gone->stop();
    const auto started = steady_clock::now();
    EXPECT_THROW(get(low_key, milliseconds{5'000}), DependencyUnavailable);
    EXPECT_LT(steady_clock::now() - started, milliseconds{4'000}) << "before its deadline";
}

TEST_F(RoutingTest, ARedirectToNowhereIsTriedAgainInTime) {
    int refusals = 3;
    const auto one = node(
        [&](const Words& command) { return refusals-- > 0 ? error("MOVED 1 ?:7000") : bulk("one " + command.back()); });
    serve_all(*one);
    connect(*one);
    EXPECT_EQ(get(low_key), "one hello");
}

class RetriedTest : public FakeClusterTest, public ::testing::WithParamInterface<const char*> {};

TEST_P(RetriedTest, UntilItWorks) {
    int refusals = 3;
    const auto one = node([&](const Words& command) {
        return refusals-- > 0 ? error(std::string(GetParam()) + " for a moment") : bulk("one " + command.back());
    });
    serve_all(*one);
    connect(*one);
    EXPECT_EQ(get(low_key), "one hello");
    EXPECT_EQ(one->count("GET"), 4U);
}

TEST_P(RetriedTest, ButNotBeyondTheDeadline) {
    const auto one = node([](const Words&) { return error(std::string(GetParam()) + " for ever"); });
    serve_all(*one);
    connect(*one);
    until([this] { return state() == Health::State::ok; });
    const auto started = steady_clock::now();
    try {
        get(low_key, milliseconds{1'000});
        FAIL();
    } catch (const DependencyUnavailable& failure) {
        EXPECT_THAT(failure.what(), ::testing::HasSubstr(GetParam()));
        EXPECT_THAT(failure.what(), ::testing::Not(::testing::HasSubstr("for ever")));  // the server's words
    }
    EXPECT_LT(steady_clock::now() - started, milliseconds{4'000});
    EXPECT_GE(one->count("GET"), 3U);
}

INSTANTIATE_TEST_SUITE_P(Refusals, RetriedTest, ::testing::Values("TRYAGAIN", "CLUSTERDOWN", "LOADING", "MASTERDOWN"));

TEST_F(RoutingTest, AKeyThatNobodyServesIsUnavailableAtItsDeadline) {
    const auto low = node(named("low"));
    slots = testing::slots_reply({{0, 8'191, low->port()}});
    connect(*low);
    EXPECT_EQ(get(low_key), "low hello");
    EXPECT_THROW(get(high_key, milliseconds{200}), DependencyUnavailable);
    serve_all(*low);
    EXPECT_EQ(get(high_key, milliseconds{5'000}), "low foo");
}

TEST_F(RoutingTest, AnErrorOfTheCommandIsItsReply) {
    const auto one = node([](const Words&) { return error("WRONGTYPE Operation against a key"); });
    serve_all(*one);
    connect(*one);
    const Reply reply = send(low_key, {"INCR", low_key});
    EXPECT_TRUE(reply.is_error("WRONGTYPE"));
    EXPECT_EQ(one->count("INCR"), 1U);
}

TEST_F(RoutingTest, AServerWithoutAClusterServesEverything) {
    FakeRedis server([](const Words& command) {
        return command.front() == "CLUSTER" ? error("ERR This instance has cluster support disabled")
                                            : bulk("it " + command.back());
    });
    connect(server);
    EXPECT_EQ(get(low_key), "it hello");
    EXPECT_EQ(get(high_key), "it foo");
    EXPECT_EQ(run(client->send_anywhere({"ECHO", "x"}, steady_clock::now() + milliseconds{2'000})).text, "it x");
}

TEST_F(RoutingTest, AMasterThatBecameAReplicaIsConnectedAgain) {
    // Behind one name stands another server after a failover; only a new connection reaches it.
    std::size_t connection = 0;
    FakeRedis server(FakeRedis::Answer([&](const Words& command) {
        if (command.front() == "CLUSTER") return error("ERR This instance has cluster support disabled");
        return server.connections() == connection ? error("READONLY You can't write against a read only replica.")
                                                  : bulk("it " + command.back());
    }));
    connect(server);
    until([&] { return server.connections() == 1; });
    connection = 1;
    EXPECT_EQ(send(low_key, {"SET", low_key, "x"}).text, "it x");
    EXPECT_EQ(server.connections(), 2U);
}

}  // namespace
}  // namespace safargo::redis
