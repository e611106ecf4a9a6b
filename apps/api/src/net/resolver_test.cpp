// Names are looked up beside the event loop, and nobody waits for a lookup whose request has ended. This program's
// getaddrinfo takes the place of the system's for the names of these tests.
#include "net/hostile_server_test.hpp"
#include "net/outcome_test.hpp"
#include "testing/cancellable.hpp"

#include <gtest/gtest.h>

#include <dlfcn.h>
#include <netdb.h>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string_view>
#include <thread>

namespace {

std::mutex guard;
std::condition_variable changed;
int lookups = 0;       // of slow.test, begun
bool answers = false;  // slow.test

}  // namespace

extern "C" int getaddrinfo(const char* node, const char* service, const addrinfo* hints, addrinfo** found) {
    const auto system = reinterpret_cast<decltype(&getaddrinfo)>(::dlsym(RTLD_NEXT, "getaddrinfo"));
    const std::string_view name = node == nullptr ? "" : node;
    if (name == "missing.test") return EAI_NONAME;
    if (name != "slow.test") return system(node, service, hints, found);
    std::unique_lock lock(guard);
    ++lookups;
    changed.wait(lock, [] { return answers; });
    return system("127.0.0.1", service, hints, found);
}

namespace safargo::net {
namespace {

using namespace std::chrono_literals;

Task<void> ask(Client& client, Request request, int& status) {
    status = (co_await client.send(std::move(request))).status;
}

class Resolver : public ::testing::Test {
protected:
    Resolver() {
        const std::lock_guard lock(guard);
        answers = false;
        lookups = 0;
    }
    ~Resolver() override { answer_lookups(); }
    static void answer_lookups() {
        const std::lock_guard lock(guard);
        answers = true;
        changed.notify_all();
    }
    static int lookups_begun() {
        const std::lock_guard lock(guard);
        return lookups;
    }
    Request named(const std::string& name) const {
        Request request = server.get();
        request.url = "http://" + name + ":" + std::to_string(server.port()) + "/";
        return request;
    }
    void wait_for_lookup(const testing::Cancellable& task) {
        while (lookups_begun() == 0) {
            testing::turn(task, 1);
            std::this_thread::yield();
        }
    }

    HostileServer server;
    Client client{testing::shared_context()->get_executor(), {.patience = 10s, .attempts = 1}};
};

TEST_F(Resolver, ANameThatDoesNotExistIsUnreachable) {
    EXPECT_EQ(outcome(client, named("missing.test")), "unreachable");
}

TEST_F(Resolver, OthersGoOnMeanwhile) {
    int status = 0;
    const testing::Cancellable task(ask(client, named("slow.test"), status));
    wait_for_lookup(task);
    EXPECT_EQ(outcome(client, server.get()), "200");
    answer_lookups();
    task.wait();
    EXPECT_EQ(status, 200);
}

TEST_F(Resolver, ACancelledRequestDoesNotWaitForItsName) {
    int status = 0;
    testing::Cancellable task(ask(client, named("slow.test"), status));
    wait_for_lookup(task);
    task.cancel();
    task.wait();  // would never return if the lookup had to end first
    EXPECT_EQ(status, 0);
    EXPECT_EQ(outcome(client, server.get()), "200");
}

TEST_F(Resolver, ASlowNameIsLimitedAsConnectingIs) {
    Client hasty(testing::shared_context()->get_executor(), {.connect_timeout = 50ms, .patience = 10s, .attempts = 1});
    const auto began = std::chrono::steady_clock::now();
    EXPECT_EQ(outcome(hasty, named("slow.test")), "unreachable");
    EXPECT_LT(std::chrono::steady_clock::now() - began, 3s);
}

}  // namespace
}  // namespace safargo::net
