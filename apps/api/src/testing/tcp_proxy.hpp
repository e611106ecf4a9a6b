// A proxy between a client and a real server that simulates network failures.
#pragma once

#include "testing/run_task.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace safargo::testing {

class TcpProxy {
public:
    TcpProxy(std::string host, std::uint16_t port);  // forwards to that address, on shared_context()
    ~TcpProxy();
    TcpProxy(const TcpProxy&) = delete;
    TcpProxy& operator=(const TcpProxy&) = delete;

    // The port on 127.0.0.1; constant. Use server_url_at() for a database URL.
    std::uint16_t port() const;

    void cut();     // closes every connection and refuses new ones: the server is down
    void resume();  // accepts again
    void freeze();  // forwards nothing, closes nothing: a black hole
    void thaw();    // for new connections; frozen ones stay frozen

    // Called after bytes of a client have been forwarded.
    void on_client_bytes(std::function<void(std::string_view bytes)> watch);

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace safargo::testing
