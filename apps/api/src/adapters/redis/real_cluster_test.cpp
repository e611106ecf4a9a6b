// A real cluster with TLS and a password, which these tests leave as it is.
#include "adapters/redis/fixture_test.hpp"
#include "adapters/redis/subscriber.hpp"
#include "testing/cancellable.hpp"
#include "testing/properties.hpp"
#include "testing/redis_cluster.hpp"

#include <algorithm>
#include <numeric>

namespace safargo::redis {
namespace {

using std::chrono::seconds;
using testing::RedisCluster;

class RealClusterTest : public ::testing::Test {
protected:
    void SetUp() override {
        if (const auto reason = RedisCluster::missing()) GTEST_SKIP() << *reason;
        options.url = RedisCluster::shared().url();
        options.ca_file = RedisCluster::shared().ca_file();
    }
    Client& connect() {
        client = std::make_unique<Client>(testing::shared_context()->get_executor(), options);
        return *client;
    }
    Reply send(const std::string& key, Command command) {
        return run(client->send(key, std::move(command), steady_clock::now() + seconds{10}));
    }
    // Why a first command fails.
    std::string refusal() {
        connect();
        try {
            send("key", {"GET", "key"});
        } catch (const DependencyUnavailable& failure) {
            return failure.what();
        }
        return "no failure";
    }
    // Keys of this test only: the cluster is shared.
    std::string key(const std::string& name) const {
        return fmt::format("{}:{}:{}", ::testing::UnitTest::GetInstance()->current_test_info()->name(), ::getpid(),
                           name);
    }

    ClientOptions options;
    std::unique_ptr<Client> client;
};

Task<void> set_and_get(Client* client, std::vector<std::string> keys, std::size_t* wrong) {
    for (const std::string& key : keys) {
        const auto deadline = steady_clock::now() + seconds{20};
        co_await client->send(key, {"SET", key, "value of " + key, "EX", "60"}, deadline);
        const Reply reply = co_await client->send(key, {"GET", key}, deadline);
        if (reply.text != "value of " + key) ++*wrong;
    }
}

TEST_F(RealClusterTest, KeepsValuesOfKeysInAllSlots) {
    connect();
    std::size_t wrong = 0;
    std::vector<Task<void>> tasks;
    for (int task = 0; task < 20; ++task) {
        std::vector<std::string> keys;
        for (int i = 0; i < 50; ++i) keys.push_back(key(fmt::format("{}-{}", task, i)));
        tasks.push_back(set_and_get(client.get(), std::move(keys), &wrong));
    }
    testing::run_all(std::move(tasks));
    EXPECT_EQ(wrong, 0U);
    EXPECT_EQ(client->health()->state(), Health::State::ok);
}

TEST_F(RealClusterTest, SlotsAreThoseOfTheServer) {
    connect();
    for (const char* text : {"foo", "bar", "hello", "{user1000}.following", "foo{}{bar}", "foo{{bar}}zap",
                             "foo{bar}{zap}", "{}", "{", "}{x}"}) {
        EXPECT_EQ(send(text, {"CLUSTER", "KEYSLOT", text}).integer, slot_of(text)) << text;
    }
    for (int i = 0; i < 200; ++i) {
        const std::string text = fmt::format("{:x}{{{:x}}}", i * 7919, i % 3 == 0 ? 0 : i * 104'729);
        EXPECT_EQ(send(text, {"CLUSTER", "KEYSLOT", text}).integer, slot_of(text)) << text;
    }
}

TEST_F(RealClusterTest, RunsScriptsAndTellsWhenOneIsUnknown) {
    connect();
    const std::string counter = key("counter");
    const std::string script =
        "local n = redis.call('INCR', KEYS[1]) redis.call('PEXPIRE', KEYS[1], ARGV[1]) return {n, ARGV[1]}";
    EXPECT_TRUE(send(counter, {"EVALSHA", std::string(40, '0'), "1", counter}).is_error("NOSCRIPT"));
    const Reply reply = send(counter, {"EVAL", script, "1", counter, "60000"});
    ASSERT_EQ(reply.items.size(), 2U);
    EXPECT_EQ(reply.items[0].integer, 1);
    EXPECT_EQ(reply.items[1].text, "60000");
}

TEST_F(RealClusterTest, CarriesLargeAndBinaryValues) {
    connect();
    std::string value(3'000'000, '\0');
    std::iota(value.begin(), value.end(), '\0');
    EXPECT_EQ(send(key("large"), {"SET", key("large"), value, "EX", "60"}).text, "OK");
    EXPECT_EQ(send(key("large"), {"GET", key("large")}).text, value);
    EXPECT_EQ(send(key("none"), {"GET", key("none")}).kind, Reply::Kind::nil);
}

TEST_F(RealClusterTest, AnyNodeWillDoAsASeed) {
    const RedisCluster& cluster = RedisCluster::shared();
    for (const auto& member : cluster.members()) {
        options.url = cluster.url_of({member.port});
        connect();
        EXPECT_EQ(send(key("key"), {"SET", key("key"), "x", "EX", "60"}).text, "OK");
    }
    options.url = cluster.url_of({1, cluster.ports().back()});  // one that nobody is at
    connect();
    EXPECT_EQ(send(key("key"), {"GET", key("key")}).text, "x");
}

TEST_F(RealClusterTest, AHostNameIsCheckedAgainstTheCertificate) {
    std::string url = options.url;
    for (std::size_t at = 0; (at = url.find("127.0.0.1", at)) != std::string::npos;) url.replace(at, 9, "localhost");
    options.url = url;
    connect();
    EXPECT_EQ(send("key", {"PING"}).text, "PONG");
}

Task<Endpoints> loopback(Address address) {
    co_return Endpoints{{boost::asio::ip::address_v4::loopback(), address.port}};
}

TEST_F(RealClusterTest, AnotherHostsCertificateIsRefused) {
    std::string url = options.url;
    for (std::size_t at = 0; (at = url.find("127.0.0.1", at)) != std::string::npos;) url.replace(at, 9, "redis.evil");
    options.url = url;
    const auto cluster = Cluster::start(testing::shared_context()->get_executor(), options, loopback);
    try {
        run(Cluster::send(cluster, std::nullopt, {"PING"}, steady_clock::now() + seconds{10}));
        FAIL();
    } catch (const DependencyUnavailable& failure) {
        EXPECT_THAT(failure.what(), ::testing::HasSubstr("certificate verify failed"));
    }
    cluster->close();
}

TEST_F(RealClusterTest, AnUnknownAuthorityIsRefused) {
    options.ca_file = "";
    EXPECT_THAT(refusal(), ::testing::HasSubstr("certificate verify failed"));
    options.ca_file = "/nonexistent.crt";
    EXPECT_THROW(connect(), std::invalid_argument);
}

TEST_F(RealClusterTest, AWrongPasswordOrUserIsRefused) {
    const std::string right = options.url;
    options.url = "rediss://:geheim" + right.substr(right.rfind('@'));
    EXPECT_THAT(refusal(),
                ::testing::AllOf(::testing::HasSubstr("WRONGPASS"), ::testing::Not(::testing::HasSubstr("geheim"))));
    options.url = "rediss://nobody" + right.substr(right.find("://") + 3);
    EXPECT_THAT(refusal(), ::testing::HasSubstr("WRONGPASS"));
    options.url = "rediss" + right.substr(right.find("://"), 3) + right.substr(right.rfind('@') + 1);
    EXPECT_THAT(refusal(), ::testing::HasSubstr("NOAUTH"));
    options.url = "rediss://default" + right.substr(right.find("://") + 3);
    EXPECT_EQ(refusal(), "no failure");
}

TEST_F(RealClusterTest, PlainTcpToATlsPortIsAnOutage) {
    options.url = "redis" + options.url.substr(6);
    EXPECT_THAT(refusal(), ::testing::HasSubstr("redis:"));
}

Task<void> get_into(Client* client, std::string key, std::string* value) {
    *value = (co_await client->send(key, {"GET", key}, steady_clock::now() + seconds{10})).text;
}

TEST_F(RealClusterTest, ACommandCancelledAtAnyStepLeavesTheNextOneItsReply) {
    connect();
    for (const char* name : {"a", "b"}) send(key(name), {"SET", key(name), name, "EX", "60"});
    const std::string tag = key("tag");
    for (std::size_t steps = 0;; ++steps) {
        std::string first, second;
        testing::Cancellable task(get_into(client.get(), key("a"), &first));
        testing::turn(task, steps);
        const bool ended = task.ended();
        task.cancel();
        task.wait();
        EXPECT_EQ(send(key("b"), {"GET", key("b")}).text, "b") << steps;
        EXPECT_EQ(send(key("a"), {"GET", key("a")}).text, "a") << steps;
        if (ended) break;
        ASSERT_LT(steps, 1'000U);
    }
}

TEST_F(RealClusterTest, AClientMayBeDestroyedWhileItConnects) {
    for (int turns = 0; turns < 60; ++turns) {
        connect();
        testing::shared_context()->restart();
        for (int i = 0; i < turns; ++i) testing::shared_context()->poll_one();
        client.reset();
    }
    testing::shared_context()->restart();
    testing::shared_context()->poll();
}

Task<void> collect(Subscriber* subscriber, std::vector<std::string>* received, std::size_t count) {
    while (received->size() < count) received->push_back(co_await subscriber->next());
}

TEST_F(RealClusterTest, MessagesReachASubscriberOfAnyNodeInOrder) {
    connect();
    Subscriber subscriber(testing::shared_context()->get_executor(), options, key("channel"));
    EXPECT_EQ(run(subscriber.next()), "");
    for (int i = 0; i < 50; ++i) {
        run(client->send_anywhere({"PUBLISH", key("channel"), std::to_string(i)}, steady_clock::now() + seconds{10}));
    }
    std::vector<std::string> received;
    run(collect(&subscriber, &received, 50));
    // Those published through one node keep their order; messages of different nodes may overtake each other.
    std::vector<std::string> wanted;
    for (int i = 0; i < 50; ++i) wanted.push_back(std::to_string(i));
    EXPECT_THAT(received, ::testing::UnorderedElementsAreArray(wanted));
}

}  // namespace
}  // namespace safargo::redis
