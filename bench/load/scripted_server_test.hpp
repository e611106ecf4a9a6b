// For tests: a server on a free port whose answers are bytes that the test makes up, and which can stall.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace safargo::load::testing {

struct Script {
    std::string bytes;      // sent as they are
    std::string more = {};  // sent after `bytes` have left, in a packet of their own
    bool then_close = false;
    bool then_hang = false;  // answers nothing more on this connection
};

Script ok(std::string_view body = "hello");
Script status(int code, std::string_view body = "");

// In every `period` nothing is answered during the first `length`.
struct Stall {
    std::chrono::milliseconds period{0};
    std::chrono::milliseconds length{0};
};

class ScriptedServer {
public:
    // Called on the server's thread with the whole request, and how many came before it on its connection.
    using Answerer = std::function<Script(const std::string& request, unsigned before)>;

    explicit ScriptedServer(Answerer answer, Stall stall = {});
    ~ScriptedServer() { io_.stop(); }

    std::string url() const;
    void refuse_connections() { acceptor_.close(); }  // called by the answerer; connections that are open go on
    std::vector<std::string> requests() const;
    unsigned connections() const { return connections_; }  // that have asked something
    unsigned stalled() const { return stalled_; }          // requests that came during a stall

private:
    using Socket = boost::asio::ip::tcp::socket;

    boost::asio::awaitable<void> accept();
    boost::asio::awaitable<void> serve(Socket socket);
    boost::asio::awaitable<std::string> read_request(Socket& socket, std::string& buffer);
    boost::asio::awaitable<void> wait_out_the_stall();

    Answerer answer_;
    Stall stall_;
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
    boost::asio::io_context io_{1};
    boost::asio::ip::tcp::acceptor acceptor_{io_, {boost::asio::ip::address_v4::loopback(), 0}};
    const std::uint16_t port_ = acceptor_.local_endpoint().port();
    std::atomic<unsigned> connections_{0};
    std::atomic<unsigned> stalled_{0};
    mutable std::mutex mutex_;
    std::vector<std::string> requests_;
    std::jthread thread_;  // begins when all of the rest is there, which the answerer may use
};

}  // namespace safargo::load::testing
