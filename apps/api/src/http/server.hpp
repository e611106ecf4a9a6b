// The HTTP/1.1 server: each thread has its own io_context, acceptor (SO_REUSEPORT), connections and services.
#pragma once

#include "http/readiness.hpp"
#include "http/router.hpp"
#include "ports/rate_limiter.hpp"

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace safargo::http {

struct Timeouts {
    std::chrono::milliseconds idle{75'000};     // between requests; longer than a load balancer's 60 s
    std::chrono::milliseconds header{10'000};   // from the first byte of a request
    std::chrono::milliseconds body{30'000};     // from the end of the header
    std::chrono::milliseconds handler{15'000};  // then the handler is cancelled: 504
    // Time for a cancelled handler to end; work that cannot be cancelled at once (a COMMIT) ends within it: a
    // statement's time limit plus waiting for and opening a connection. After that the server answers 504 without the
    // handler.
    std::chrono::milliseconds unwind{12'000};
    std::chrono::milliseconds write{30'000};  // for one response, or the next part of an event stream
};

struct ServerOptions {
    std::string bind = "127.0.0.1";
    std::uint16_t port = 0;  // 0: any free port
    unsigned threads = 1;
    std::vector<std::string> cors_origins{};     // exact origins: "https://safargo.com"
    std::vector<std::string> trusted_proxies{};  // addresses or CIDR blocks
    Timeouts timeouts{};
    std::chrono::milliseconds drain_delay{5'000};   // longer than the load balancer's deregistration
    std::chrono::milliseconds drain_limit{20'000};  // for requests in progress
    std::size_t max_header_bytes = std::size_t{16} * 1024;
    std::size_t max_target = std::size_t{8} * 1024;
    std::size_t gzip_min = 1'000;  // bodies of more bytes are compressed
    // For all threads; fewer if the system allows fewer files. Beyond this the connection waiting longest is closed; if
    // all are busy, new ones get 503 and are closed.
    std::size_t max_connections = 10'000;
    std::size_t max_connections_per_client = 200;  // per address (IPv6: /64), except trusted proxies; 429 beyond
    // Event streams among them, for all threads, and never more than three quarters; 503 beyond.
    std::size_t max_streams = 7'500;
    std::chrono::milliseconds heartbeat{15'000};         // of a stream that has nothing else to say
    std::size_t reserved_files = 64;                     // files the process opens besides these connections
    std::size_t max_body_bytes = std::size_t{64} << 20;  // of all current requests; 503 beyond
    unsigned rate_limit_per_ip = 600;
    std::chrono::seconds rate_window{60};
    bool development = false;  // loopback clients are not limited
};

// The application of one thread. The server keeps it until that thread's last handler has returned.
struct ThreadApp {
    Router router;
    RateLimiter* limiter = nullptr;    // null: no limit by address
    std::shared_ptr<void> services{};  // objects used by handlers and limiter
};

// Called once per thread by start(), on the caller's thread, before any connection is accepted.
using AppFactory = std::function<ThreadApp(boost::asio::io_context&, unsigned thread)>;

class Server {
public:
    Server(ServerOptions options, AppFactory factory, Readiness& readiness);
    ~Server();  // stops the server
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    // Binds and serves; throws for invalid options or a busy port, or if the factory throws. Does not set readiness.
    void start();
    std::uint16_t port() const;       // after start
    std::size_t connections() const;  // open now

    // Sets readiness to draining; keeps accepting for drain_delay, with Connection: close in every response; ends event
    // streams, each with a delay after which its client comes back (not all at once); then stops accepting; finishes
    // requests within drain_limit; closes. Blocks until done. Must not be called from a server thread.
    void drain();
    void stop();  // closes everything now; called by the destructor

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace safargo::http
