#include "load/connection.hpp"

#include "load/trial_test.hpp"

#include <gmock/gmock.h>

namespace safargo::load::testing {
namespace {

using ::testing::ElementsAre;

// Writes down what it hears, and lets the io_context return after each thing of interest.
class Listener final : public Connection::Owner {
public:
    explicit Listener(boost::asio::io_context& io) : io_(io) {}
    void on_answer(Connection&) override { hear("answer"); }
    void on_failure(Connection&, Failure failure) override { hear(failure == Failure::closed ? "closed" : "failure"); }
    void on_idle_close(Connection&) override { hear("idle close"); }
    void on_open() override { heard.emplace_back("open"); }

    std::vector<std::string> heard;

private:
    void hear(std::string what) {
        heard.push_back(std::move(what));
        io_.stop();
    }

    boost::asio::io_context& io_;
};

class ConnectionTest : public ::testing::Test {
protected:
    Connection& connection_to(const ScriptedServer& server) {
        return connection_.emplace(io_, parse_target(server.url()), listener_);
    }
    Request request() const { return {.choice = {.entry = 0, .line = requests_[0]}, .due = {}, .measured = true}; }
    void run_until_heard() {
        io_.restart();
        io_.run();
    }

    Requests requests_ = Requests::parse(get_line("/"));
    boost::asio::io_context io_{1};
    Listener listener_{io_};
    std::optional<Connection> connection_;
};

TEST_F(ConnectionTest, AServerThatClosesWhileNothingIsAskedLosesNoRequest) {
    ScriptedServer server([](const std::string&, unsigned) {
        auto script = ok();
        script.then_close = true;  // without having said so
        return script;
    });
    Connection& connection = connection_to(server);
    for (int i = 0; i < 2; ++i) {
        connection.begin(request());
        run_until_heard();
        EXPECT_TRUE(connection.is_open());
        run_until_heard();
        EXPECT_FALSE(connection.is_open());
    }
    EXPECT_THAT(listener_.heard, ElementsAre("open", "answer", "idle close", "open", "answer", "idle close"));
}

TEST_F(ConnectionTest, WhatNobodyAskedForEndsAnIdleConnection) {
    ScriptedServer server([](const std::string&, unsigned) {
        auto script = ok();
        script.more = "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n";
        return script;
    });
    Connection& connection = connection_to(server);
    connection.begin(request());
    run_until_heard();
    if (listener_.heard.back() == "answer") run_until_heard();  // else both came in one piece
    EXPECT_FALSE(connection.is_open());
}

TEST_F(ConnectionTest, AClosedConnectionHearsNothingOfItsEarlierLife) {
    ScriptedServer server([](const std::string&, unsigned) { return ok(); });
    Connection& connection = connection_to(server);
    connection.begin(request());
    connection.close();  // its connect is still under way
    connection.begin(request());
    run_until_heard();
    EXPECT_THAT(listener_.heard, ElementsAre("open", "answer"));
    connection.hang_up();
    connection.begin(request());
    run_until_heard();
    EXPECT_THAT(listener_.heard, ElementsAre("open", "answer", "open", "answer"));
}

}  // namespace
}  // namespace safargo::load::testing
