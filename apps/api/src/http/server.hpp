// The HTTP/1.1 server: per thread one io_context, one acceptor (SO_REUSEPORT), its own connections and services.
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
    std::chrono::milliseconds handler{15'000};  // then it is cancelled: 504
    // What cannot be cancelled at once (a COMMIT under way) ends by itself within this: a statement's time limit, the
    // wait for a connection and opening one. Beyond, a handler that waits for something else is answered for.
    std::chrono::milliseconds unwind{12'000};
    std::chrono::milliseconds write{30'000};  // for one answer
};

struct ServerOptions {
    std::string bind = "127.0.0.1";
    std::uint16_t port = 0;  // 0: any free port
    unsigned threads = 1;
    std::vector<std::string> cors_origins{};     // exact origins: "https://safargo.com"
    std::vector<std::string> trusted_proxies{};  // addresses or CIDR blocks
    Timeouts timeouts{};
    std::chrono::milliseconds drain_delay{5'000};   // longer than deregistration at the load balancer
    std::chrono::milliseconds drain_limit{20'000};  // for requests in flight
    std::size_t max_header_bytes = std::size_t{16} * 1024;
    std::size_t max_target = std::size_t{8} * 1024;
    std::size_t gzip_min = 1'000;  // bodies of more bytes are compressed
    // Of all threads, fewer where the system allows fewer files. Beyond it the connection that waits for the longest
    // time makes room; when all are busy, newcomers are answered 503 and closed.
    std::size_t max_connections = 10'000;
    std::size_t max_connections_per_client = 200;  // of one address (IPv6: /64); not for trusted proxies. More are 429
    std::size_t reserved_files = 64;               // that the process opens besides these connections
    std::size_t max_body_bytes = std::size_t{64}
                                 << 20;  // of all requests at one time; beyond it bodies are answered 503
    unsigned rate_limit_per_ip = 600;
    std::chrono::seconds rate_window{60};
    bool development = false;  // loopback clients are not limited
};

// What one thread serves. The server keeps it until that thread's last handler has returned.
struct ThreadApp {
    Router router;
    RateLimiter* limiter = nullptr;    // null: no limit per IP
    std::shared_ptr<void> services{};  // whatever handlers and limiter refer to
};

// Called once per thread by start(), on the caller's thread, before any connection is accepted.
using AppFactory = std::function<ThreadApp(boost::asio::io_context&, unsigned thread)>;

class Server {
public:
    Server(ServerOptions options, AppFactory factory, Readiness& readiness);
    ~Server();  // stops
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    // Binds and serves; throws on bad options, a busy port or what the factory throws. Does not set readiness.
    void start();
    std::uint16_t port() const;       // after start
    std::size_t connections() const;  // open now

    // Readiness draining; for drain_delay go on accepting, every answer says Connection: close; stop accepting;
    // finish requests for at most drain_limit; close. Blocks until then. Call from no server thread.
    void drain();
    void stop();  // closes everything now; called by the destructor

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace safargo::http
