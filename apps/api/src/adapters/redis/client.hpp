// A Redis cluster as one map of keys: finds the node of a key, follows MOVED and ASK, reconnects, pipelines. One client
// per thread.
#pragma once

#include "adapters/redis/reply.hpp"
#include "core/task.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace safargo::redis {

class Cluster;
class Health;

using Deadline = std::chrono::steady_clock::time_point;

struct ClientOptions {
    std::string url;  // secret: "rediss://:password@host:port,host:port"
    std::string ca_file{};
    std::chrono::milliseconds connect_timeout{1'000};
    std::chrono::milliseconds longest_back_off{1'000};  // between attempts to reach a node
    std::chrono::milliseconds longest_silence{2'000};  // of a node that owes an answer: then its connection is given up
    std::chrono::milliseconds ping_interval{5'000};    // how long an idle connection is believed to work
    std::size_t max_waiting = 4'096;                   // commands in flight on this thread; more are refused at once
};

class Client {
public:
    // Connects by itself, as soon as the executor runs. Throws std::invalid_argument for a URL or a file of
    // certificates that cannot be read.
    Client(boost::asio::any_io_executor executor, ClientOptions options);
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    // Sends it to the master of `key` and waits for the reply, of which an error (WRONGTYPE, NOSCRIPT) is one. Throws
    // DependencyUnavailable (no connection, no node for the key, cluster down, unknown outcome) or DeadlineExceeded.
    // Nothing is sent twice unless Redis refused it the first time (MOVED, ASK, TRYAGAIN, CLUSTERDOWN, LOADING).
    // A cancelled caller leaves at once (operation_aborted); what it sent may still be executed.
    Task<Reply> send(std::string key, Command command, Deadline deadline);
    // To any reachable master: PUBLISH, PING.
    Task<Reply> send_anywhere(Command command, Deadline deadline);

    // On its thread: ends its connections and what it does by itself, which would keep an event loop running. From now
    // on, sending throws DependencyUnavailable. The destructor does the same.
    void close();

    // What is known of the cluster, for any thread, also after this client is gone.
    std::shared_ptr<const Health> health() const;

private:
    std::shared_ptr<Cluster> cluster_;
};

}  // namespace safargo::redis
