// A Redis server that does what a test says, good or bad. Plain TCP on 127.0.0.1, in shared_context().
#pragma once

#include "core/task.hpp"
#include "testing/run_task.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace safargo::testing {

class FakeRedis {
public:
    using Words = std::vector<std::string>;

    // One client's connection.
    class Peer {
    public:
        virtual ~Peer() = default;
        virtual Task<std::optional<Words>> command() = 0;  // the next one; nothing once the client is gone
        virtual Task<bool> say(std::string bytes) = 0;     // false once the client is gone
        virtual void hang_up() = 0;
    };
    using Talk = std::function<Task<void>(std::shared_ptr<Peer> peer)>;  // the life of one connection
    using Answer = std::function<std::string(const Words& command)>;     // raw bytes; "" says nothing,
                                                                         // and from then on, on this connection

    explicit FakeRedis(Talk talk);
    explicit FakeRedis(Answer answer);
    ~FakeRedis();
    FakeRedis(const FakeRedis&) = delete;
    FakeRedis& operator=(const FakeRedis&) = delete;

    std::uint16_t port() const;
    std::size_t connections() const;                   // accepted so far
    std::size_t open() const;                          // of them, now
    const std::vector<Words>& heard() const;           // all commands, PING left out
    std::size_t count(const std::string& word) const;  // of the commands heard, those that begin with it

    void hang_up();  // on every client
    void stop();     // and refuses new ones
    void restart();  // on the same port

private:
    struct State;
    std::shared_ptr<State> state_;
};

// The answer to CLUSTER SLOTS.
struct FakeSlots {
    int first, last;
    std::uint16_t port;
    std::vector<std::uint16_t> replicas{};
    std::string host = "127.0.0.1";
};
std::string slots_reply(const std::vector<FakeSlots>& ranges);
std::string bulk(const std::string& text);  // "$3\r\nabc\r\n"

}  // namespace safargo::testing
