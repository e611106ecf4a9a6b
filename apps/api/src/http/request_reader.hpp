// Turns the bytes of a connection into requests, one after the other. Knows no socket.
#pragma once

#include "core/error.hpp"
#include "http/message.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

namespace safargo::http {

struct ReadLimits {
    std::size_t header_bytes;  // request line and header fields
    std::size_t target;
};

class RequestReader {
public:
    // header_done waits for accept_body, since only the route knows how large a body may be.
    enum class State { header, header_done, body, complete, failed };

    explicit RequestReader(ReadLimits limits);
    ~RequestReader();
    RequestReader(const RequestReader&) = delete;
    RequestReader& operator=(const RequestReader&) = delete;

    void begin(Request& request);  // the next message goes there; its storage is used again

    // Takes what it can use and says how many bytes that was; the rest must be offered again, with more behind it.
    std::size_t feed(std::string_view bytes);
    void accept_body(std::size_t max_body);
    static void release(Request& request);  // gives storage back that is more than a usual request needs
    void fail(Code code);                   // for reasons outside the bytes, such as time

    State state() const;
    Code failure() const;  // when failed: what to answer
    bool started() const;  // has seen a byte of this message

    // From header_done on; before, nothing is known and nothing kept alive.
    std::optional<Method> method() const;  // nullopt: a method we do not know
    bool keep_alive() const;
    bool http_1_0() const;
    bool has_body() const;
    bool expects_continue() const;

private:
    class Parser;  // Beast's, kept out of headers
    std::unique_ptr<Parser> parser_;
};

}  // namespace safargo::http
