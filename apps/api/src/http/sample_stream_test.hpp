// For tests: event streams through which the test speaks.
#pragma once

#include "http/event_source.hpp"
#include "http/router.hpp"

#include <boost/asio/io_context.hpp>

#include <atomic>
#include <chrono>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>

namespace safargo::http::testing {

// The open streams of a server. Whatever the test asks for happens on each stream's own thread.
class Stage : public std::enable_shared_from_this<Stage> {
public:
    struct Stream {
        boost::asio::io_context* io;
        EventSink* sink;
        std::string unsent;  // sent piece by piece, each when the stream is ready for it
    };
    using Stream_ptr = std::shared_ptr<Stream>;

    // GET /events, and GET /events/{ms} for streams that end by themselves.
    void add_routes(Router& router, boost::asio::io_context& io);

    void send(std::string data);              // to every stream, as one event
    void send_when_ready(std::size_t bytes);  // as many events as it takes, never more than the stream takes
    void end();
    void wait_for(int open, int closed) const;  // numbers of streams so far; closed are counted as open, too
    int made() const { return made_.load(); }   // sources, opened or not
    int destroyed() const { return destroyed_.load(); }

private:
    friend class StageSource;
    void for_each(std::function<void(Stream&)> act);
    static void send_some(Stream& stream);

    std::mutex mutex_;
    std::list<Stream_ptr> streams_;
    std::atomic<int> made_{0}, destroyed_{0}, opened_{0}, closed_{0};
};

}  // namespace safargo::http::testing
