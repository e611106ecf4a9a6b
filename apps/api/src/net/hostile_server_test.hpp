// A server that does to each connection what its script says, on shared_context().
#pragma once

#include "net/certificates_test.hpp"
#include "net/client.hpp"
#include "net/server_wire_test.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace safargo::net {

struct Read {};  // one whole request: its header and as much body as it announces
struct Send {
    std::string bytes;
};
struct Drip {  // one byte each millisecond
    std::string bytes;
};
struct Hold {};   // until the client leaves
struct Reset {};  // RST
struct Close {};  // the script's end closes as well
struct Cut {};    // closes without TLS's goodbye
struct Again {};  // from its beginning
struct Speak {    // another protocol; the connection is closed after it
    Task<void> (*protocol)(ServerWire& wire);
};
using Script = std::vector<std::variant<Read, Send, Drip, Hold, Reset, Close, Cut, Again, Speak>>;

// "HTTP/1.1 200 OK" with the length of its body, and more header lines ("X: y\r\n").
std::string answer(const std::string& body, const std::string& status = "200 OK", const std::string& header = "");

class HostileServer {
public:
    // Without an identity it speaks in the clear.
    explicit HostileServer(const Identity* tls = nullptr);
    ~HostileServer();
    HostileServer(const HostileServer&) = delete;
    HostileServer& operator=(const HostileServer&) = delete;

    // The first connection plays the first script, and so on; the last script is played by all others. At first every
    // request is answered with 200 and "hello".
    void play(std::vector<Script> scripts);

    // "https://127.0.0.1:port/path" if it has an identity, else http.
    std::string url(const std::string& path = "/") const;
    std::uint16_t port() const;
    Request get(const std::string& path = "/") const;  // repeatable
    Request post(const std::string& body) const;       // not repeatable

    void offer_http2();
    void refuse();  // new connections, from now on
    void drop();    // those that are open

    std::size_t connections() const;  // accepted so far
    std::size_t open_connections() const;
    const std::vector<std::string>& requests() const;  // received so far

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace safargo::net
