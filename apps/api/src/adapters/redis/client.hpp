// A Redis cluster as one map of keys: finds the node of a key, follows MOVED and ASK, reconnects, pipelines. One client
// per thread.
#pragma once

#include "core/task.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace safargo::redis {

using Deadline = std::chrono::steady_clock::time_point;
using Command = std::vector<std::string>;  // "SET", "key", "value"

struct Reply {
    enum class Kind { nil, status, error, integer, text, list };

    Kind kind = Kind::nil;
    std::int64_t integer = 0;
    std::string text{};  // of status, error and text
    std::vector<Reply> items{};

    bool is_error() const { return kind == Kind::error; }
};

struct ClientOptions {
    std::string url;  // secret: "rediss://:password@host:port,host:port"
    std::string ca_file{};
    std::chrono::milliseconds connect_timeout{1'000};
    std::chrono::milliseconds longest_back_off{1'000};  // between attempts to reach a node
    std::size_t max_waiting = 4'096;                    // commands in flight on this thread; more are refused at once
};

class Client {
public:
    Client(boost::asio::any_io_executor executor, ClientOptions options);
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    // Sends it to the master of `key` and waits for the reply, of which an error (WRONGTYPE, NOSCRIPT) is one. Throws
    // DependencyUnavailable (no connection, no node for the key, cluster down, unknown outcome) or DeadlineExceeded.
    // Nothing is sent twice unless Redis refused it the first time (MOVED, ASK, TRYAGAIN, CLUSTERDOWN, LOADING).
    Task<Reply> send(std::string key, Command command, Deadline deadline);
    // To any reachable master: PUBLISH, PING.
    Task<Reply> send_anywhere(Command command, Deadline deadline);

private:
    class Cluster;
    std::shared_ptr<Cluster> cluster_;
};

}  // namespace safargo::redis
