// Stands between a client and a real server, to be the network on a bad day.
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

    // Our port on 127.0.0.1; the same all its life. server_url_at() makes a database URL of it.
    std::uint16_t port() const;

    void cut();     // closes every connection and refuses new ones: the server is down
    void resume();  // accepts again
    void freeze();  // passes nothing on any more, closes nothing: a black hole
    void thaw();    // for new connections; what froze stays frozen

    // Called with what a client sent after it was passed on.
    void on_client_bytes(std::function<void(std::string_view bytes)> watch);

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace safargo::testing
