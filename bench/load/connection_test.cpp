#include "load/connection.hpp"

#include "load/scripted_server_test.hpp"

#include <gmock/gmock.h>

namespace safargo::load::testing {
namespace {

using ::testing::ElementsAre;

// Writes down what it hears, and lets the io_context return after each thing of interest.
class ConnectionTest : public ::testing::Test, private Connection::Owner {
protected:
    Connection& connection_to(const ScriptedServer& server) {
        return connection_.emplace(io_, parse_target(server.url()), static_cast<Connection::Owner&>(*this));
    }
    Request request() const { return {.choice = {.entry = 0, .line = requests_[0]}, .due = {}, .measured = true}; }
    void run_until_heard() {
        io_.restart();
        io_.run();
    }

    std::vector<std::string> heard_;

private:
    void on_answer(Connection&) override { hear("answer"); }
    void on_failure(Connection&, Failure failure) override { hear(failure == Failure::closed ? "closed" : "failure"); }
    void on_idle_close(Connection&) override { hear("idle close"); }
    void on_open() override { heard_.emplace_back("open"); }
    void hear(std::string what) {
        heard_.push_back(std::move(what));
        io_.stop();
    }

    Requests requests_ = Requests::parse(get_line("/"));
    boost::asio::io_context io_{1};
    std::optional<Connection> connection_;
};

TEST_F(ConnectionTest, AServerThatClosesWhileNothingIsAskedLosesNoRequest) {
    ScriptedServer server({.bytes = ok().bytes, .then_close = true});  // without having said so
    Connection& connection = connection_to(server);
    for (int i = 0; i < 2; ++i) {
        connection.begin(request());
        run_until_heard();
        EXPECT_TRUE(connection.is_open());
        run_until_heard();
        EXPECT_FALSE(connection.is_open());
    }
    EXPECT_THAT(heard_, ElementsAre("open", "answer", "idle close", "open", "answer", "idle close"));
}

TEST_F(ConnectionTest, WhatNobodyAskedForEndsAnIdleConnection) {
    ScriptedServer server({.bytes = ok().bytes, .more = "HTTP/1.1 408 Late\r\nContent-Length: 0\r\n\r\n"});
    Connection& connection = connection_to(server);
    connection.begin(request());
    run_until_heard();
    if (heard_.back() == "answer") run_until_heard();  // else both came in one piece
    EXPECT_FALSE(connection.is_open());
}

TEST_F(ConnectionTest, AClosedConnectionHearsNothingOfItsEarlierLife) {
    ScriptedServer server(ok());
    Connection& connection = connection_to(server);
    connection.begin(request());
    connection.close();  // its connect is still under way
    connection.begin(request());
    run_until_heard();
    EXPECT_THAT(heard_, ElementsAre("open", "answer"));
    connection.hang_up();
    connection.begin(request());
    run_until_heard();
    EXPECT_THAT(heard_, ElementsAre("open", "answer", "open", "answer"));
}

}  // namespace
}  // namespace safargo::load::testing
