// Many requests to one host: so many connections and no more, the others in order.
#include "net/hostile_server_test.hpp"
#include "net/outcome_test.hpp"
#include "net/slots.hpp"
#include "testing/cancellable.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <deque>
#include <vector>

namespace safargo::net {
namespace {

using namespace std::chrono_literals;
using testing::Cancellable;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::run_all;
using testing::shared_context;
using testing::turn;

Task<void> ask(Client& client, Request request, std::string& result) {
    try {
        result = (co_await client.send(std::move(request))).body;
    } catch (const DeadlineExceeded&) {
        result = "late";
    } catch (const DependencyUnavailable& failure) {
        result = failure.what();
    }
}

TEST(Queue, ConnectionsAreLimitedAndShared) {
    HostileServer server;
    Client client(shared_context()->get_executor(), {.connections_per_host = 4});
    std::vector<std::string> results(50);
    std::vector<Task<void>> tasks;
    for (std::string& result : results) tasks.push_back(ask(client, server.get(), result));
    run_all(std::move(tasks));
    EXPECT_THAT(results, Each("hello"));
    EXPECT_EQ(server.connections(), 4U);
}

TEST(Queue, HostsHaveTheirOwn) {
    HostileServer slow, quick;
    slow.play({{Read{}, Hold{}}});
    Client client(shared_context()->get_executor(), {.patience = 10s, .connections_per_host = 1});
    std::string first, second;
    Cancellable held(ask(client, slow.get(), first));
    while (slow.requests().empty()) turn(held, 1);
    EXPECT_EQ(outcome(client, quick.get()), "200");
    slow.drop();
    held.cancel();
    held.wait();
}

TEST(Queue, WhoWaitsTooLongIsLateAndSaysNothingAboutTheHost) {
    HostileServer server;
    server.play({{Read{}, Hold{}}, {Read{}, Send{answer("hello")}, Again{}}});
    Client client(shared_context()->get_executor(), {.patience = 10s, .attempts = 1, .connections_per_host = 1});
    std::string first;
    Cancellable held(ask(client, server.get(), first));
    while (server.requests().empty()) turn(held, 1);
    for (int i = 0; i < 10; ++i) {
        Request request = server.get();
        request.deadline = std::chrono::steady_clock::now() + 10ms;
        EXPECT_EQ(outcome(client, request), "late");
    }
    held.cancel();
    held.wait();
    EXPECT_EQ(outcome(client, server.get()), "200");
    EXPECT_EQ(server.requests().size(), 2U);
}

TEST(Queue, ItsLengthIsLimited) {
    HostileServer server;
    server.play({{Read{}, Hold{}}});
    Client client(shared_context()->get_executor(), {.patience = 10s, .attempts = 1, .connections_per_host = 1});
    std::deque<std::string> results;
    std::deque<Cancellable> waiting;
    for (int i = 0; i < 1'001; ++i) waiting.emplace_back(ask(client, server.get(), results.emplace_back()));
    while (server.requests().empty()) turn(waiting.front(), 1);
    EXPECT_EQ(outcome(client, server.get()), "busy");
    for (Cancellable& task : waiting) task.cancel();
    for (const Cancellable& task : waiting) task.wait();
}

Task<void> hold(Slots& slots, Deadline until, std::vector<int>& order, int number) {
    const auto slot = co_await slots.take(until);
    order.push_back(slot ? number : -number);
}

TEST(Queue, ItIsServedInOrder) {
    Slots slots(shared_context()->get_executor(), 1, 10);
    std::vector<int> order;
    std::optional<std::optional<Slots::Slot>> first;
    first.emplace(testing::run(slots.take(Deadline::max())));
    EXPECT_FALSE(slots.is_unused());
    std::deque<Cancellable> waiting;
    for (int i = 1; i <= 3; ++i) waiting.emplace_back(hold(slots, Deadline::max(), order, i));
    while (slots.waiting() < 3) turn(waiting.back(), 1);
    first.reset();
    for (const Cancellable& task : waiting) task.wait();
    EXPECT_THAT(order, ElementsAre(1, 2, 3));
    EXPECT_TRUE(slots.is_unused());
}

// Granted and cancelled in the same step, a place must not be lost.
TEST(Queue, APlaceGrantedToOneWhoLeavesGoesToTheNext) {
    Slots slots(shared_context()->get_executor(), 1, 10);
    std::vector<int> order;
    std::optional<std::optional<Slots::Slot>> first;
    first.emplace(testing::run(slots.take(Deadline::max())));
    Cancellable leaves(hold(slots, Deadline::max(), order, 1));
    Cancellable stays(hold(slots, Deadline::max(), order, 2));
    while (slots.waiting() < 2) turn(stays, 1);
    first.reset();
    leaves.cancel();
    leaves.wait();
    stays.wait();
    EXPECT_EQ(order.back(), 2);
    EXPECT_TRUE(slots.is_unused());
}

}  // namespace
}  // namespace safargo::net
