// What a client remembers of the hosts that it asks: who waits for them, and whether they answer.
#pragma once

#include "core/metrics.hpp"
#include "net/circuit_breaker.hpp"
#include "net/slots.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <unordered_map>

namespace safargo::net {

// One origin: scheme, name and port.
class Host {
public:
    Host(boost::asio::any_io_executor executor, std::size_t connections, const CircuitBreaker::Rules& rules,
         std::string vendor);
    ~Host();
    Host(const Host&) = delete;
    Host& operator=(const Host&) = delete;

    Slots& slots() { return slots_; }

    bool refuses(CircuitBreaker::Time now) const { return breaker_.refuses(now); }
    // The breaker's, with the number of open circuits in the metrics and changes in the log.
    std::optional<CircuitBreaker::Permit> ask(CircuitBreaker::Time now);
    void tell(CircuitBreaker::Permit permit, CircuitBreaker::Result result, CircuitBreaker::Time now);

    bool is_idle() const { return breaker_.is_calm() && slots_.is_unused(); }

private:
    void show();

    std::string vendor_;
    Slots slots_;
    CircuitBreaker breaker_;
    metrics::Gauge open_circuits_;
    bool shown_open_ = false;
};

// Tells the host's breaker, whatever becomes of the request: nothing said is "neither".
class Trial {
public:
    Trial(Host& host, CircuitBreaker::Permit permit) : host_(host), permit_(permit) {}
    ~Trial() { host_.tell(permit_, result_, std::chrono::steady_clock::now()); }
    Trial(const Trial&) = delete;
    Trial& operator=(const Trial&) = delete;

    void found(CircuitBreaker::Result result) { result_ = result; }

private:
    Host& host_;
    CircuitBreaker::Permit permit_;
    CircuitBreaker::Result result_ = CircuitBreaker::Result::neither;
};

class Hosts {
public:
    Hosts(boost::asio::any_io_executor executor, std::size_t connections, std::chrono::milliseconds longest_pause)
        : executor_(std::move(executor)), connections_(connections), rules_{.longest_pause = longest_pause} {}

    // The number of hosts remembered is limited: idle ones with nothing to remember are forgotten first.
    std::shared_ptr<Host> find(const std::string& origin, const std::string& vendor);

private:
    boost::asio::any_io_executor executor_;
    std::size_t connections_;
    CircuitBreaker::Rules rules_;
    std::unordered_map<std::string, std::shared_ptr<Host>> hosts_;
};

}  // namespace safargo::net
