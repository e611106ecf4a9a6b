// A real cluster whose nodes are killed, frozen and moved while commands run.
#include "adapters/redis/fixture_test.hpp"
#include "adapters/redis/subscriber.hpp"
#include "core/metrics.hpp"
#include "testing/redis_cluster.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>

#include <map>
#include <thread>

namespace safargo::redis {
namespace {

using std::chrono::seconds;
using testing::RedisCluster;

struct Worker {
    std::string key;
    std::int64_t acknowledged = 0, last = 0;
    std::size_t failures = 0, late = 0, wrong = 0;
    steady_clock::duration longest{};
    steady_clock::time_point last_success{};
};

const std::string counting = "return {KEYS[1], redis.call('INCR', KEYS[1])}";

// Counts one key up until told to stop; each answer must be the key's own.
Task<void> count_up(Client* client, Worker* worker, const bool* stop, milliseconds time) {
    boost::asio::steady_timer timer(*testing::shared_context());
    while (!*stop) {
        const auto started = steady_clock::now();
        try {
            const Reply reply =
                co_await client->send(worker->key, {"EVAL", counting, "1", worker->key}, started + time);
            if (reply.items.size() != 2 || reply.items[0].text != worker->key) {
                ++worker->wrong;
                continue;
            }
            worker->last = reply.items[1].integer;
            ++worker->acknowledged;
            worker->last_success = steady_clock::now();
        } catch (const DependencyUnavailable&) {
            ++worker->failures;
        } catch (const DeadlineExceeded&) {
            ++worker->late;
        }
        worker->longest = std::max(worker->longest, steady_clock::now() - started);
        timer.expires_after(milliseconds{5});
        co_await timer.async_wait(boost::asio::use_awaitable);
    }
}

// Other threads' work (redis-cli, waiting for a process) while the commands go on here.
void meanwhile(std::function<void()> work) {
    std::atomic<bool> done = false;
    std::exception_ptr failure;
    std::thread thread([&] {
        try {
            work();
        } catch (...) {
            failure = std::current_exception();
        }
        done = true;
    });
    while (!done) {
        testing::shared_context()->restart();
        testing::shared_context()->run_for(milliseconds{20});
    }
    thread.join();
    if (failure) std::rethrow_exception(failure);
}

class ClusterFaultsTest : public ::testing::Test {
protected:
    static RedisCluster& cluster() { return *own; }
    static void TearDownTestSuite() { own.reset(); }
    void SetUp() override {
        if (const auto reason = RedisCluster::missing()) GTEST_SKIP() << *reason;
        if (!own) own = std::make_unique<RedisCluster>();
        cluster().heal();
        options.url = cluster().url();
        options.ca_file = cluster().ca_file();
        client = std::make_unique<Client>(testing::shared_context()->get_executor(), options);
        until([this] { return client->health()->state() == Health::State::ok; });
    }
    ~ClusterFaultsTest() override { stop_workers(); }

    // One worker for each of many slots.
    void start_workers(std::size_t count, milliseconds time = milliseconds{500}) {
        workers.resize(count);
        for (std::size_t i = 0; i < count; ++i) {
            workers[i].key = fmt::format("{}:{}", ::testing::UnitTest::GetInstance()->current_test_info()->name(), i);
            boost::asio::co_spawn(*testing::shared_context(), follow(client.get(), &workers[i], &stop, time, &running),
                                  boost::asio::detached);
        }
        until([this] { return all_have_succeeded_since(steady_clock::time_point{}); });
    }
    static Task<void> follow(Client* client, Worker* worker, const bool* stop, milliseconds time,
                             std::size_t* running) {
        ++*running;
        co_await count_up(client, worker, stop, time);
        --*running;
    }
    void stop_workers() {
        stop = true;
        if (running > 0) until([this] { return running == 0; });
    }
    bool all_have_succeeded_since(steady_clock::time_point time) const {
        return std::ranges::all_of(workers, [time](const Worker& worker) { return worker.last_success > time; });
    }
    std::size_t wrong() const {
        std::size_t sum = 0;
        for (const Worker& worker : workers) sum += worker.wrong;
        return sum;
    }
    std::size_t troubled() const {
        return static_cast<std::size_t>(
            std::ranges::count_if(workers, [](const Worker& worker) { return worker.failures + worker.late > 0; }));
    }
    std::string ask(const std::string& key, milliseconds time = milliseconds{2'000}) {
        return run(client->send(key, {"GET", key}, steady_clock::now() + time)).text;
    }

    static inline std::unique_ptr<RedisCluster> own;
    ClientOptions options;
    std::unique_ptr<Client> client;
    std::vector<Worker> workers;
    std::size_t running = 0;
    bool stop = false;
};

TEST_F(ClusterFaultsTest, AKilledMasterIsReplacedWithinFifteenSeconds) {
    start_workers(30);
    const auto master = cluster().master_of(slot_of(workers.front().key));
    const auto killed = steady_clock::now();
    meanwhile([&] { cluster().kill(master.port); });
    until([&] { return troubled() > 0 && all_have_succeeded_since(killed + milliseconds{100}); });
    const auto outage = steady_clock::now() - killed;
    EXPECT_LT(outage, seconds{15});
    stop_workers();
    EXPECT_EQ(wrong(), 0U);
    EXPECT_LT(troubled(), workers.size());  // the keys of the others never noticed
    for (const Worker& worker : workers) {
        EXPECT_LT(worker.longest, seconds{3}) << worker.key;
        // Replication is asynchronous: the replica may lack the last ones. Nothing else may be missing or doubled.
        EXPECT_LE(worker.last, worker.acknowledged + static_cast<std::int64_t>(worker.failures + worker.late));
        EXPECT_EQ(ask(worker.key), std::to_string(worker.last));
    }
    std::cout << "writes again after " << std::chrono::duration_cast<milliseconds>(outage).count() << " ms\n";
}

TEST_F(ClusterFaultsTest, AFrozenMasterCostsNobodyMoreThanTheirDeadline) {
    start_workers(30, milliseconds{200});
    const auto master = cluster().master_of(slot_of(workers.front().key));
    const auto frozen = steady_clock::now();
    cluster().freeze(master.port);
    until([&] { return workers.front().late + workers.front().failures > 0; });
    until([&] { return all_have_succeeded_since(frozen + seconds{1}); });
    const auto outage = steady_clock::now() - frozen;
    EXPECT_LT(outage, seconds{15});
    meanwhile([&] { cluster().heal(); });  // thawed, it finds out that it is a replica now
    const auto healed = steady_clock::now();
    until([&] { return all_have_succeeded_since(healed); });
    stop_workers();
    EXPECT_EQ(wrong(), 0U);
    for (const Worker& worker : workers) {
        EXPECT_LT(worker.longest, milliseconds{200} + seconds{3}) << worker.key;  // with what a busy machine adds
        EXPECT_EQ(ask(worker.key), std::to_string(worker.last));
    }
    std::cout << "writes again after " << std::chrono::duration_cast<milliseconds>(outage).count() << " ms\n";
}

TEST_F(ClusterFaultsTest, WithoutAnyNodeCommandsFailAtOnceAndComeBackByThemselves) {
    run(client->send("kept", {"SET", "kept", "yes"}, steady_clock::now() + seconds{2}));
    meanwhile([&] {
        for (const std::uint16_t port : cluster().ports()) cluster().kill(port);
    });
    until([this] { return client->health()->state() == Health::State::down; });
    const auto started = steady_clock::now();
    for (int i = 0; i < 20; ++i) EXPECT_THROW(ask("kept"), DependencyUnavailable);
    EXPECT_LT(steady_clock::now() - started, seconds{2}) << "what a single one would wait";
    meanwhile([&] { cluster().heal(); });
    until([this] { return client->health()->state() == Health::State::ok; });
    EXPECT_EQ(ask("kept"), "yes");
}

TEST_F(ClusterFaultsTest, APlannedFailoverIsHardlyNoticed) {
    start_workers(30, seconds{5});
    const auto master = cluster().master_of(slot_of(workers.front().key));
    const auto replica = cluster().replica_of(master);
    meanwhile([&] { cluster().cli(replica.port, "cluster failover"); });
    meanwhile([&] {
        while (cluster().master_of(slot_of(workers.front().key), replica.port).port != replica.port) {
            std::this_thread::sleep_for(milliseconds{20});
        }
    });
    const auto done = steady_clock::now();
    until([&] { return all_have_succeeded_since(done); });
    stop_workers();
    EXPECT_EQ(wrong(), 0U);
    for (const Worker& worker : workers) {
        EXPECT_EQ(worker.failures + worker.late, 0U) << worker.key;
        EXPECT_EQ(worker.last, worker.acknowledged);
    }
}

double redirects(const char* kind) {
    const std::string text = metrics::render(),
                      line = fmt::format("safargo_redis_redirects_total{{kind=\"{}\"}} ", kind);
    const std::size_t at = text.find(line);
    return at == std::string::npos ? 0 : std::stod(text.substr(at + line.size()));
}

TEST_F(ClusterFaultsTest, ReshardingUnderLoadLosesNothing) {
    const double moved = redirects("moved"), asked = redirects("ask");
    start_workers(60, seconds{5});
    const auto from = cluster().master_of(slot_of(workers.front().key));
    const auto to = cluster().master_of((from.slots.front().first + 6'000) % slot_count);
    ASSERT_NE(from.id, to.id);
    // A slot in between: its key is still at the old node, new ones are asked for at the new one.
    const std::string key = workers.front().key, absent = "{" + key + "}absent";
    meanwhile([&] {
        cluster().cli(to.port, fmt::format("cluster setslot {} importing {}", slot_of(key), from.id));
        cluster().cli(from.port, fmt::format("cluster setslot {} migrating {}", slot_of(key), to.id));
    });
    EXPECT_EQ(run(client->send(absent, {"SET", absent, "new"}, steady_clock::now() + seconds{2})).text, "OK");
    EXPECT_GT(redirects("ask"), asked);
    meanwhile([&] {
        cluster().cli(from.port, fmt::format("--cluster fix 127.0.0.1:{} --cluster-yes", from.port));
        cluster().cli(from.port, fmt::format("--cluster reshard 127.0.0.1:{} --cluster-from {} --cluster-to {} "
                                             "--cluster-slots 1500 --cluster-yes",
                                             from.port, from.id, to.id));
    });
    const auto done = steady_clock::now();
    until([&] { return all_have_succeeded_since(done); });
    stop_workers();
    EXPECT_GT(redirects("moved"), moved);
    EXPECT_EQ(wrong(), 0U);
    EXPECT_EQ(ask(absent), "new");
    for (const Worker& worker : workers) {
        EXPECT_EQ(worker.failures + worker.late, 0U) << worker.key;
        EXPECT_EQ(worker.last, worker.acknowledged) << worker.key;
        EXPECT_EQ(ask(worker.key), std::to_string(worker.acknowledged));
    }
}

TEST_F(ClusterFaultsTest, ASubscriptionSurvivesTheLossOfItsNode) {
    Subscriber subscriber(testing::shared_context()->get_executor(), options, "channel");
    EXPECT_EQ(run(subscriber.next()), "");
    for (const std::uint16_t port : cluster().ports()) {
        const std::string subscribers = cluster().cli(port, "pubsub numsub channel");
        if (subscribers.at(subscribers.find_last_not_of(" \n")) == '0') continue;
        meanwhile([&] { cluster().kill(port); });
        break;
    }
    EXPECT_EQ(run(subscriber.next()), "");  // some may have been missed
    until([&] {
        try {
            return run(client->send_anywhere({"PUBLISH", "channel", "again"}, steady_clock::now() + seconds{1}))
                       .integer >= 0;
        } catch (const DependencyUnavailable&) {
            return false;
        }
    });
    std::string received;
    while (received.empty()) received = run(subscriber.next());
    EXPECT_EQ(received, "again");
}

}  // namespace
}  // namespace safargo::redis
