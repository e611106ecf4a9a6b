// Parses the bytes of a connection into consecutive requests. Does no I/O.
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
    // header_done waits for accept_body, since the body limit depends on the route.
    enum class State { header, header_done, body, complete, failed };

    explicit RequestReader(ReadLimits limits);
    ~RequestReader();
    RequestReader(const RequestReader&) = delete;
    RequestReader& operator=(const RequestReader&) = delete;

    void begin(Request& request);  // the next message is stored there, reusing its memory

    // Consumes as much as it can and returns the number of bytes; the rest must be passed again, with more after it.
    std::size_t feed(std::string_view bytes);
    void accept_body(std::size_t max_body);
    static void release(Request& request);  // frees memory beyond a usual request's needs
    void fail(Code code);                   // for reasons other than the bytes, such as a timeout

    State state() const;
    Code failure() const;  // after failure: the code of the error response
    bool started() const;  // has seen a byte of this message

    // From header_done on; before that unknown, and not kept alive.
    std::optional<Method> method() const;  // nullopt: unknown
    bool keep_alive() const;
    bool http_1_0() const;
    bool has_body() const;
    bool expects_continue() const;

private:
    class Parser;  // Beast's, kept out of headers
    std::unique_ptr<Parser> parser_;
};

}  // namespace safargo::http
