// For tests: a server on a free port with routes for the tests' scenarios.
#pragma once

#include "http/raw_client_test.hpp"
#include "http/sample_stream_test.hpp"
#include "http/server.hpp"

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace safargo::http::testing {

// Holds requests until the test opens it.
class Gate {
public:
    void arrive() {
        arrived_.fetch_add(1);
        arrived_.notify_all();
    }
    void wait_for(int arrivals) const;  // called by the test
    void open() { open_.store(true); }
    bool is_open() const { return open_.load(); }
    int arrivals() const { return arrived_.load(); }

private:
    std::atomic<int> arrived_{0};
    std::atomic<bool> open_{false};
};

// Allows `limit` per key, in one endless window.
class CountingLimiter final : public RateLimiter {
public:
    std::atomic<bool> broken{false};
    std::atomic<bool> throws_a_number{false};
    unsigned used(const std::string& key) const;

private:
    Task<RateDecision> take_by(std::string_view key, unsigned limit, std::chrono::seconds window, Deadline) override;

    mutable std::mutex mutex_;
    std::map<std::string, unsigned> used_;
};

// Stopped, and thereby closed, by the destructor.
class SampleServer {
public:
    explicit SampleServer(ServerOptions options = {});

    Client connect() const { return Client(server.port()); }
    Answer ask(std::string_view bytes) const { return connect().ask(bytes); }
    void wait_for_connections(std::size_t open) const;

    std::shared_ptr<Gate> gate = std::make_shared<Gate>();
    std::shared_ptr<Stage> stage = std::make_shared<Stage>();
    CountingLimiter limiter;
    Readiness readiness;
    Server server;

private:
    ThreadApp build(boost::asio::io_context& io, unsigned thread);
};

}  // namespace safargo::http::testing
