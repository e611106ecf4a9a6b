// Commands over one connection: each reply reaches its caller, whatever happens to the others.
#include "adapters/redis/fixture_test.hpp"

#include "core/metrics.hpp"
#include "testing/cancellable.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

namespace safargo::redis {
namespace {

using Peer = std::shared_ptr<FakeRedis::Peer>;

Task<void> get_into(Client* client, std::string key, milliseconds time, std::string* answer) {
    try {
        *answer = (co_await client->send(key, {"GET", key}, steady_clock::now() + time)).text;
    } catch (const DeadlineExceeded&) {
        *answer = "late";
    } catch (const DependencyUnavailable&) {
        *answer = "unavailable";
    }
}

// One node for all slots that keeps its replies back, from a GET on, until `held` of them have come.
struct Holder {
    std::string slots;
    std::size_t held = 0;

    std::string reply_to(const Words& command) const {
        if (command.front() == "CLUSTER") return slots;
        return command.front() == "PING" ? "+PONG\r\n" : bulk(command.back());
    }
    static Task<void> talk(Holder* self, Peer peer) {
        std::string replies;
        std::size_t waiting = 0;
        while (const auto command = co_await peer->command()) {
            replies += self->reply_to(*command);
            if (command->front() == "GET") ++waiting;
            if (waiting > 0 && waiting < self->held) continue;
            co_await peer->say(std::exchange(replies, ""));
            waiting = 0;
        }
    }
};

class AnswersTest : public FakeClusterTest {
protected:
    std::unique_ptr<FakeRedis> holding(std::size_t count) {
        holder.held = count;
        auto server =
            std::make_unique<FakeRedis>(FakeRedis::Talk([this](Peer peer) { return Holder::talk(&holder, peer); }));
        holder.slots = testing::slots_reply({{0, 16'383, server->port()}});
        return server;
    }
    void start(const FakeRedis& seed) {
        connect(seed);
        until([this] { return state() == Health::State::ok; });
    }
    Holder holder;
};

TEST_F(AnswersTest, ManyCommandsAreUnderWayAtOnceOnOneConnection) {
    const auto server = holding(100);
    start(*server);
    std::vector<std::string> answers(100);
    std::vector<Task<void>> tasks;
    for (int i = 0; i < 100; ++i) {
        tasks.push_back(get_into(client.get(), "key" + std::to_string(i), milliseconds{5'000},
                                 &answers[static_cast<std::size_t>(i)]));
    }
    testing::run_all(std::move(tasks));
    for (int i = 0; i < 100; ++i) EXPECT_EQ(answers[static_cast<std::size_t>(i)], "key" + std::to_string(i));
    EXPECT_EQ(server->connections(), 1U);
}

TEST_F(AnswersTest, ALateReplyIsThrownAwayInItsTurn) {
    const auto server = holding(2);
    start(*server);
    EXPECT_THROW(get("first", milliseconds{50}), DeadlineExceeded);
    EXPECT_EQ(get("second"), "second");  // the reply to "first" came with it, and before it
    EXPECT_EQ(server->connections(), 1U);
}

TEST_F(AnswersTest, ACancelledCommandLeavesNothingBehindAtAnyStep) {
    const auto server = holding(1);
    for (std::size_t steps = 0;; ++steps) {
        start(*server);
        std::string answer;
        testing::Cancellable task(get_into(client.get(), "first", milliseconds{5'000}, &answer));
        testing::turn(task, steps);
        const bool ended = task.ended();
        task.cancel();
        task.wait();
        EXPECT_EQ(get("second"), "second") << steps;
        if (ended) break;
        ASSERT_LT(steps, 1'000U);
    }
}

TEST_F(AnswersTest, ACommandInProgressMayBeDestroyedWithItsContext) {
    const auto server = holding(10);
    options.url = url({server.get()});
    std::string answer;
    auto context = std::make_unique<boost::asio::io_context>(1);
    auto other = std::make_unique<Client>(context->get_executor(), options);
    boost::asio::co_spawn(*context, get_into(other.get(), "key", milliseconds{60'000}, &answer), boost::asio::detached);
    while (server->count("GET") == 0) {
        context->run_for(milliseconds{1});
        context->restart();
        testing::shared_context()->restart();
        testing::shared_context()->poll();
    }
    other.reset();
    context.reset();
    EXPECT_EQ(answer, "");
}

TEST_F(AnswersTest, AClientThatIsDestroyedFailsItsCommands) {
    const auto server = holding(10);
    start(*server);
    const auto health = client->health();
    std::string answer;
    testing::Cancellable task(get_into(client.get(), "key", milliseconds{60'000}, &answer));
    until([&] { return server->count("GET") == 1; });
    client.reset();
    task.wait();
    EXPECT_EQ(answer, "unavailable");
    EXPECT_EQ(health->state(), Health::State::down);
    until([&] { return server->open() == 0; });
}

TEST_F(AnswersTest, ACommandOfUnknownOutcomeIsNeverSentAgain) {
    std::unique_ptr<FakeRedis> server;
    server = node([&](const Words& command) {
        if (command.front() != "SET") return bulk(command.back());
        server->hang_up();  // executed or not, who knows
        return std::string();
    });
    serve_all(*server);
    start(*server);
    EXPECT_THROW(send("key", {"SET", "key", "x"}), DependencyUnavailable);
    EXPECT_EQ(get("key"), "key");  // over a new connection
    EXPECT_EQ(server->count("SET"), 1U);
}

TEST_F(AnswersTest, ACommandWithoutAnAnswerInTimeIsNotSentElsewhere) {
    const auto low = node([](const Words&) { return std::string(); });
    const auto high = node(named("high"));
    serve_halves(*low, *high);
    start(*high);
    const std::size_t looks = low->count("CLUSTER") + high->count("CLUSTER");
    EXPECT_THROW(get(low_key, milliseconds{50}), DeadlineExceeded);
    until(
        [&] { return low->count("CLUSTER") + high->count("CLUSTER") > looks; });  // but we look whether it is replaced
    EXPECT_EQ(low->count("GET"), 1U);
    EXPECT_EQ(high->count("GET"), 0U);
    EXPECT_EQ(get(high_key), "high foo");
}

TEST_F(AnswersTest, ACommandThatWasNotSentIsSentOverTheNextConnection) {
    // The first connection never gets through the sign-in; what waits for it is safe to send later.
    std::size_t connections = 0;
    FakeRedis server([&](const Words& command) {
        if (command.front() == "AUTH") return ++connections == 1 ? std::string() : std::string("+OK\r\n");
        if (command.front() == "CLUSTER") return slots;
        return bulk(command.back());
    });
    serve_all(server);
    options.connect_timeout = milliseconds{100};
    connect(fmt::format("redis://:pw@127.0.0.1:{}", server.port()));
    until([this] {
        try {
            return get("key") == "key";
        } catch (const DependencyUnavailable&) {
            return false;
        }
    });
    EXPECT_EQ(server.count("GET"), 1U);
}

TEST_F(AnswersTest, ASilentConnectionIsGivenUpAndReplaced) {
    std::size_t silent = 1;
    std::unique_ptr<FakeRedis> server;
    server = node(
        [&](const Words& command) { return server->connections() == silent ? std::string() : bulk(command.back()); });
    serve_all(*server);
    options.longest_silence = milliseconds{200};
    start(*server);
    const auto started = steady_clock::now();
    EXPECT_THROW(get("key", milliseconds{10'000}), DependencyUnavailable);
    EXPECT_GE(steady_clock::now() - started, milliseconds{200});
    EXPECT_LT(steady_clock::now() - started, milliseconds{8'000}) << "long before its deadline";
    until([&] { return server->connections() == 2 && state() == Health::State::ok; });
    EXPECT_EQ(get("key"), "key");
}

TEST_F(AnswersTest, AnIdleConnectionIsAskedForASignOfLife) {
    std::size_t pings = 0;
    FakeRedis server([&](const Words& command) {
        if (command.front() == "CLUSTER") return slots;
        if (command.front() != "PING") return bulk(command.back());
        return ++pings < 3 ? std::string("+PONG\r\n") : std::string();  // then it is gone, without a word
    });
    serve_all(server);
    options.ping_interval = milliseconds{40};
    options.longest_silence = milliseconds{1'000};
    start(server);
    until([&] { return server.connections() == 2; });
    EXPECT_GE(pings, 3U);
}

TEST_F(AnswersTest, MoreThanTheLimitIsRefusedAtOnce) {
    const auto server = holding(4);
    options.max_waiting = 3;
    start(*server);
    std::vector<std::string> answers(3);
    for (std::string& answer : answers) {
        boost::asio::co_spawn(*testing::shared_context(), get_into(client.get(), "key", milliseconds{30}, &answer),
                              boost::asio::detached);
    }
    until([&] { return server->count("GET") == 3; });
    EXPECT_THROW(get("one_more"), DependencyUnavailable);
    until([&] { return answers == std::vector<std::string>(3, "late"); });
    EXPECT_THROW(get("one_more"), DependencyUnavailable);  // their callers are gone, but they still wait at the server
    EXPECT_EQ(server->count("GET"), 3U);
}

TEST_F(AnswersTest, WhatWasAnsweredLateMakesRoomAgain) {
    const auto server = holding(2);
    options.max_waiting = 2;
    start(*server);
    EXPECT_THROW(get("first", milliseconds{30}), DeadlineExceeded);
    EXPECT_EQ(get("second"), "second");
    EXPECT_THROW(get("third", milliseconds{30}), DeadlineExceeded);
    EXPECT_EQ(get("fourth"), "fourth");
}

TEST_F(AnswersTest, ADeadlineInThePastSendsNothing) {
    const auto server = holding(1);
    start(*server);
    EXPECT_THROW(get("key", milliseconds{-1}), DeadlineExceeded);
    EXPECT_EQ(get("other"), "other");
    EXPECT_EQ(server->count("GET"), 1U);
}

TEST_F(AnswersTest, AnEmptyCommandIsAMistake) {
    const auto server = holding(1);
    start(*server);
    EXPECT_THROW(send("key", {}), std::invalid_argument);
}

TEST_F(AnswersTest, HowCommandsEndIsCounted) {
    const auto server = holding(2);
    start(*server);
    const auto count = [](const char* outcome) {
        const std::string text = metrics::render();
        const std::string line = fmt::format("safargo_redis_commands_total{{outcome=\"{}\"}} ", outcome);
        const std::size_t at = text.find(line);
        return at == std::string::npos ? -1.0 : std::stod(text.substr(at + line.size()));
    };
    const double late = count("late"), answered = count("answered");
    EXPECT_THROW(get("first", milliseconds{30}), DeadlineExceeded);
    EXPECT_EQ(get("second"), "second");
    EXPECT_EQ(count("late"), late + 1);
    EXPECT_EQ(count("answered"), answered + 1);
    for (const char* name :
         {"safargo_redis_connections_total{event=\"opened\"}", "safargo_redis_connections_total{event=\"lost\"}",
          "safargo_redis_redirects_total{kind=\"moved\"}",
          "safargo_redis_topology_refreshes_total{outcome=\"changed\"}"}) {
        EXPECT_THAT(metrics::render(), ::testing::HasSubstr(name));
    }
    EXPECT_TRUE(client->health()->latency().has_value());
}

}  // namespace
}  // namespace safargo::redis
