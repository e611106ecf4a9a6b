// For tests: a server on a free port whose answers are bytes that the test makes up, and which can stall.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
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
    ~ScriptedServer();
    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;

    std::string url() const;
    std::uint16_t port() const;
    void refuse_connections();  // called by the answerer; connections that are open go on
    std::vector<std::string> requests() const;
    unsigned connections() const;  // that have asked something
    unsigned stalled() const;      // requests that came during a stall

private:
    class Loop;  // keeps Asio out of the tests that only ask
    std::unique_ptr<Loop> loop_;
};

}  // namespace safargo::load::testing
