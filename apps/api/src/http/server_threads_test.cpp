// Several threads serving one port.
#include "http/sample_server_test.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>
#include <vector>

namespace safargo::http::testing {
namespace {

Task<Response> name_thread(unsigned thread) {
    co_return Response{.body = std::to_string(thread)};
}

TEST(Threads, EachHasItsOwnRouterAndTakesConnections) {
    Readiness readiness;
    std::set<std::string> seen;
    std::vector<unsigned> built;
    const AppFactory factory = [&built](boost::asio::io_context&, unsigned thread) {
        built.push_back(thread);
        ThreadApp app;
        app.router.add({.pattern = "/thread", .handler = [thread](Request&) { return name_thread(thread); }});
        return app;
    };
    Server server({.threads = 3}, factory, readiness);
    server.start();
    EXPECT_EQ(built, (std::vector<unsigned>{0, 1, 2}));
    for (int i = 0; i < 200 && seen.size() < 3; ++i) seen.insert(Client(server.port()).ask(get("/thread")).body);
    EXPECT_EQ(seen, (std::set<std::string>{"0", "1", "2"}));
    EXPECT_EQ(readiness.phase(), Readiness::Phase::starting) << "readiness is set by the application";
}

TEST(Threads, AFactoryThatThrowsStopsTheStart) {
    Readiness readiness;
    Server server(
        {.threads = 2},
        [](boost::asio::io_context&, unsigned thread) -> ThreadApp {
            if (thread == 1) throw std::logic_error("duplicate route");
            return {};
        },
        readiness);
    EXPECT_THROW(server.start(), std::logic_error);
}

TEST(Threads, ManyClientsEachGetTheirOwnResponse) {
    const SampleServer sample({.threads = 4, .rate_limit_per_ip = 10'000'000});
    std::atomic<int> wrong = 0;
    std::vector<std::jthread> clients;
    for (int c = 0; c < 16; ++c) {
        clients.emplace_back([&, c] {
            Client client = sample.connect();
            for (int i = 0; i < 200; ++i) {
                const std::string mine = std::to_string(c) + "-" + std::to_string(i);
                if (client.ask(get("/trips/" + mine)).body != mine + "?") ++wrong;
                if (client.ask(post("/echo", mine)).body != mine) ++wrong;
            }
        });
    }
    clients.clear();
    EXPECT_EQ(wrong, 0);
}

TEST(Threads, StoppingWithOpenConnectionsReturns) {
    auto sample = std::make_unique<SampleServer>(ServerOptions{.threads = 2});
    std::vector<Client> clients;
    for (int i = 0; i < 20; ++i) {
        clients.push_back(sample->connect());
        clients.back().ask(get("/hello"));
    }
    sample.reset();
    for (Client& client : clients) EXPECT_TRUE(client.closed());
}

}  // namespace
}  // namespace safargo::http::testing
