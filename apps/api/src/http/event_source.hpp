// Responses without an end: server-sent events. A handler returns a source in its response instead of a body; once the
// head is sent, the source tells the connection what to send (event_connection.hpp).
#pragma once

#include <chrono>
#include <string_view>

namespace safargo::http {

// Empty parts are not sent. An event without data is not shown to the client's code, but its id counts.
struct Event {
    std::string_view comment{};
    std::string_view id{};    // what the client sends back as Last-Event-ID
    std::string_view name{};  // "booking"
    std::string_view data{};
};

// The open stream, as its source sees it.
class EventSink {
public:
    virtual ~EventSink() = default;

    // Whether everything given so far has left. While it has not, a source should keep its events: a stream holds only
    // a few of them, and one whose client does not read is closed.
    virtual bool is_ready() const = 0;
    virtual void send(const Event& event) = 0;  // ignored once the stream is ending
    virtual void end() = 0;                     // after what has been given so far
};

// Used and destroyed on the connection's thread; not destroyed during a call of its sink.
class EventSource {
public:
    virtual ~EventSource() = default;  // at the latest when the stream is over, whatever ended it

    // Not called if only the head was asked for, or could not be sent. The sink outlives the source.
    virtual void open(EventSink& sink) = 0;
    virtual void ready() = 0;  // the sink has become ready
    virtual std::chrono::steady_clock::time_point ends_at() const = 0;
};

}  // namespace safargo::http
