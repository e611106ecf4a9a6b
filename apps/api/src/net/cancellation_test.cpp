// Cancels a request after its first step, its second, … until it finishes by itself: while it waits, connects, sends,
// reads or pauses. Each time nothing of it may remain, and the client must stay usable.
#include "net/hostile_server_test.hpp"
#include "net/outcome_test.hpp"
#include "testing/cancellable.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <optional>
#include <vector>

namespace safargo::net {
namespace {

using namespace std::chrono_literals;
using testing::Cancellable;
using testing::run;
using testing::turn;

Task<void> ask(Client& client, Request request, int& status) {
    status = (co_await client.send(std::move(request))).status;
}

class Cancellation : public ::testing::Test {
protected:
    // Cancels each run one step later until one finishes first; false if none does.
    bool cancel_at_each_step(const ClientOptions& options, const Request& request, int expected) {
        int stopped = 0;
        for (std::size_t steps = 0; steps < 500; ++steps) {
            Client client(testing::shared_context()->get_executor(), options);
            int status = 0;
            Cancellable task(ask(client, request, status));
            turn(task, steps);
            const bool by_itself = task.ended();
            task.cancel();
            task.wait();
            // An answer that had arrived already is given all the same.
            if (by_itself || status != 0) EXPECT_EQ(status, expected) << "after step " << steps;
            stopped += status == 0 ? 1 : 0;
            EXPECT_EQ(outcome(client, request), std::to_string(expected)) << "after step " << steps;
            if (by_itself) return steps > 5 && stopped > 3;
        }
        return false;
    }

    HostileServer server;
};

TEST_F(Cancellation, AGetIsStoppedAnywhere) {
    EXPECT_TRUE(cancel_at_each_step({}, server.get(), 200));
}

TEST_F(Cancellation, AnUploadIsStoppedAnywhere) {
    EXPECT_TRUE(cancel_at_each_step({}, server.post(std::string(1'000'000, 'x')), 200));
}

TEST_F(Cancellation, TlsIsStoppedAnywhere) {
    const Authority authority;
    const Identity identity = authority.issue();
    const HostileServer tls(&identity);
    EXPECT_TRUE(cancel_at_each_step({.ca_file = authority.file()}, tls.get(), 200));
}

TEST_F(Cancellation, TheConnectionIsClosed) {
    server.play({{Read{}, Hold{}}});
    Client client(testing::shared_context()->get_executor(), {});
    int status = 0;
    Cancellable task(ask(client, server.get(), status));
    while (server.requests().empty()) turn(task, 1);
    task.cancel();
    task.wait();
    EXPECT_EQ(status, 0);
    const Cancellable idle(ask(client, server.get(), status));  // only to have something that waits
    while (server.requests().size() < 2 || server.open_connections() != 1) turn(idle, 1);
    server.drop();
    idle.wait();
}

TEST_F(Cancellation, APauseIsStopped) {
    server.play({{Read{}, Send{answer("", "503 Busy", "Retry-After: 3\r\n")}, Hold{}}});
    Client client(testing::shared_context()->get_executor(), {});
    int status = 0;
    Cancellable task(ask(client, server.get(), status));
    while (server.requests().empty()) turn(task, 1);
    turn(task, 4);
    const auto began = std::chrono::steady_clock::now();
    task.cancel();
    task.wait();
    EXPECT_LT(std::chrono::steady_clock::now() - began, 2s);
    EXPECT_EQ(status, 0);
}

TEST_F(Cancellation, WhoWaitsForAConnectionLeavesTheQueue) {
    server.play({{Read{}, Hold{}}, {Read{}, Send{answer("hello")}, Again{}}});
    Client client(testing::shared_context()->get_executor(), {.connections_per_host = 1});
    int first = 0, second = 0, third = 0;
    Cancellable holds(ask(client, server.get(), first));
    while (server.requests().empty()) turn(holds, 1);
    Cancellable leaves(ask(client, server.get(), second));
    Cancellable stays(ask(client, server.get(), third));
    turn(holds, 4);
    leaves.cancel();
    leaves.wait();
    EXPECT_EQ(server.requests().size(), 1U);
    holds.cancel();
    stays.wait();
    holds.wait();
    EXPECT_EQ(second, 0);
    EXPECT_EQ(third, 200);
}

TEST_F(Cancellation, AClientMayEndBeforeItsRequests) {
    server.play({{Read{}, Hold{}}});
    std::optional<Client> client;
    client.emplace(testing::shared_context()->get_executor(), ClientOptions{});
    int status = 0;
    Cancellable task(ask(*client, server.get(), status));
    while (server.requests().empty()) turn(task, 1);
    client.reset();
    server.drop();
    task.wait();
    EXPECT_EQ(status, 0);
}

TEST_F(Cancellation, ALoopMayEndBeforeItsRequests) {
    for (int steps = 0; steps < 20; ++steps) {
        boost::asio::io_context context(1);
        Client client(context.get_executor(), {});
        int status = 0;
        boost::asio::co_spawn(context, ask(client, server.get(), status), boost::asio::detached);
        for (int i = 0; i < steps; ++i) context.poll_one();
        EXPECT_EQ(status, 0) << "the server runs on another loop";
    }
}

TEST_F(Cancellation, ALoopMayEndBeforeItsClient) {
    std::optional<boost::asio::io_context> context;
    context.emplace(1);
    int status = 0;
    Client client(context->get_executor(), {});
    boost::asio::co_spawn(*context, ask(client, server.get(), status), boost::asio::detached);
    for (int i = 0; i < 5; ++i) context->poll_one();
}

}  // namespace
}  // namespace safargo::net
