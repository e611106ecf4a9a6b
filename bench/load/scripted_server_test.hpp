// For tests: a server on a free port whose answers are bytes that the test makes up, and which can stall; and runs
// against it, described in as few words as the test needs.
#pragma once

#include "load/run.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json/object.hpp>

#include <atomic>
#include <functional>
#include <mutex>
#include <thread>

namespace safargo::load::testing {

struct Script {
    std::string bytes;      // sent as they are
    std::string more = {};  // sent after `bytes` have left, in a packet of their own
    bool then_close = false;
    bool then_hang = false;  // answers nothing more until the client closes
};

Script status(int code, std::string_view body = "");
inline Script ok(std::string_view body = "hello") {
    return status(200, body);
}

class ScriptedServer {
public:
    // Called on the server's thread with how many requests came before this one on its connection.
    using Answerer = std::function<Script(unsigned before)>;

    explicit ScriptedServer(Answerer answer);
    explicit ScriptedServer(Script always) : ScriptedServer([always](unsigned) { return always; }) {}
    ~ScriptedServer() { io_.stop(); }

    const boost::asio::ip::tcp::endpoint& endpoint() const { return endpoint_; }
    void refuse_connections() { acceptor_.close(); }       // called by the answerer; open connections go on
    std::vector<std::string> requests() const;             // path and body of each
    unsigned connections() const { return connections_; }  // that have asked something

private:
    using Socket = boost::asio::ip::tcp::socket;

    boost::asio::awaitable<void> accept();
    boost::asio::awaitable<void> serve(Socket socket);
    void note(std::string request);

    Answerer answer_;
    boost::asio::io_context io_{1};
    boost::asio::ip::tcp::acceptor acceptor_{io_, {boost::asio::ip::address_v4::loopback(), 0}};
    const boost::asio::ip::tcp::endpoint endpoint_ = acceptor_.local_endpoint();
    std::atomic<unsigned> connections_{0};
    mutable std::mutex mutex_;
    std::vector<std::string> requests_;
    std::jthread thread_;  // begins when all of the rest is there, which the answerer may use
};

std::string get_line(std::string_view path);  // a line of a file of requests

struct Trial {
    Plan plan;
    std::string lines = get_line("/");
    MixEntry::Order order = MixEntry::Order::cycle;

    Outcome run() const;
    boost::json::object report() const;  // of a run
};

// Without warm-up; each sends its `count` requests once, one after another on every connection.
Trial closed_trial(const ScriptedServer& server, unsigned connections, unsigned count);
// For `duration`.
Trial open_trial(const ScriptedServer& server, double rate, std::chrono::milliseconds duration);

// Every request that was due has ended in one way.
bool adds_up(const Tally& tally);

}  // namespace safargo::load::testing
