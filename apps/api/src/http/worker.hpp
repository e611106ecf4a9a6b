// One thread of the server: its io_context, acceptor and connections.
#pragma once

#include "core/error.hpp"
#include "http/answer_writer.hpp"
#include "http/client_address.hpp"
#include "http/connection_list.hpp"
#include "http/cors.hpp"
#include "http/dispatcher.hpp"
#include "http/quotas.hpp"
#include "http/server.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <future>
#include <list>
#include <memory>
#include <string>

namespace safargo::http {

// Shared by all threads; read-only except for the counters.
struct Shared {
    Shared(const ServerOptions& given, Readiness& ready)
        : options(given),
          proxies(given.trusted_proxies),
          cors(given.cors_origins),
          readiness(ready),
          clients(given.max_connections_per_client),
          bodies(given.max_body_bytes),
          streams(given.max_streams) {}

    const ServerOptions options;
    const TrustedProxies proxies;
    const Cors cors;
    Readiness& readiness;
    std::atomic<std::size_t> connections{0};
    ClientConnections clients;
    BodyBudget bodies;
    StreamQuota streams;
};

class EventConnection;

class Worker {
public:
    Worker(Shared& shared, const AppFactory& factory, unsigned thread);
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    void listen(const boost::asio::ip::tcp::endpoint& endpoint);
    boost::asio::ip::tcp::endpoint endpoint() const { return acceptor_.local_endpoint(); }
    void run();  // until stopped

    // Callable from any thread; they take effect on the worker's own.
    // Serves connections queued in the kernel, then closes idle ones; ready when all are counted.
    std::future<void> stop_accepting();
    void end_streams();  // event streams, with the delay after which their clients come back; later ones at once
    void abort();        // closes every connection; handlers still run to their end
    void halt();

    // To be called on this worker's thread.
    Shared& shared() { return shared_; }
    const ServerOptions& options() const { return shared_.options; }
    Dispatcher& dispatcher() { return dispatcher_; }
    AnswerWriter& writer() { return writer_; }
    bool is_accepting() const { return acceptor_.is_open(); }
    ConnectionList& connection_list() { return connection_list_; }
    ConnectionList::Entry enter(Session& session);
    void leave(const ConnectionList::Entry& entry, const std::string& client);
    // A session's connection becomes an event stream: it stays counted, but its session has left.
    void enter(std::shared_ptr<EventConnection> stream, const ConnectionList::Entry& session);
    void leave(EventConnection& stream);

    bool has_sessions() const { return !connection_list_.empty(); }  // for after run

private:
    Task<void> accept();
    Task<void> sweep();
    void welcome_or_log(boost::asio::ip::tcp::socket socket);
    void welcome(boost::asio::ip::tcp::socket socket);
    std::string client_of(const boost::asio::ip::tcp::socket& socket) const;  // "" if not limited
    bool make_room();
    void turn_away(boost::asio::ip::tcp::socket socket, Code code);
    void close_acceptor();
    void end_stream(EventConnection& stream);
    void stop_counting(const std::string& client);

    Shared& shared_;
    boost::asio::io_context io_{1};
    ThreadApp app_;
    Dispatcher dispatcher_;
    AnswerWriter writer_;
    boost::asio::ip::tcp::acceptor acceptor_{io_};
    ConnectionList connection_list_;
    std::list<std::shared_ptr<EventConnection>> streams_;
    unsigned streams_ended_ = 0;
    bool ending_streams_ = false;
};

}  // namespace safargo::http
