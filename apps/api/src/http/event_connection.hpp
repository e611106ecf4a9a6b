// A connection after the head of an event stream: its session has ended, and only what a stream needs is kept.
#pragma once

#include "http/event_source.hpp"
#include "http/quotas.hpp"
#include "http/worker.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/system/error_code.hpp>

#include <chrono>
#include <cstddef>
#include <list>
#include <memory>
#include <string>

namespace safargo::http {

// Lives on its worker's thread, kept by its worker's list and by the operations it waits for. One of them is always a
// read: it notices at once when the client goes, and everything ends in its handler. Most streams wait for hours, and
// there are thousands, so there is no coroutine and, between two events, no buffer.
class EventConnection final : public EventSink, public std::enable_shared_from_this<EventConnection> {
public:
    using Time = std::chrono::steady_clock::time_point;

    struct Parts {
        boost::asio::ip::tcp::socket socket;
        std::string client;  // as the worker counts it
        StreamSlot slot;
        std::shared_ptr<EventSource> source;
        bool chunked = true;
    };

    EventConnection(Worker& worker, Parts parts);

    void begin(std::list<std::shared_ptr<EventConnection>>::iterator entry);

    bool is_ready() const override;
    void send(const Event& event) override;
    void end() override;
    void end_with_retry(std::chrono::milliseconds delay);

    // Called by the worker.
    void check(Time now);  // deadlines and the heartbeat
    void abort();
    void forget_source() { source_.reset(); }  // the objects it uses are about to be destroyed
    const std::string& client() const { return client_; }
    std::list<std::shared_ptr<EventConnection>>::iterator entry() const { return entry_; }

private:
    enum class Phase { open, ending, ended };  // ending: the last bytes are on their way

    void bound_memory();
    void watch();
    void on_readable(boost::system::error_code failure);
    void flush();
    void on_written(boost::system::error_code failure);
    void finish();
    void leave();

    Worker& worker_;
    boost::asio::ip::tcp::socket socket_;
    std::string client_;
    StreamSlot slot_;
    std::shared_ptr<EventSource> source_;
    std::list<std::shared_ptr<EventConnection>>::iterator entry_{};
    std::string waiting_;  // not being written yet
    std::string written_;  // being written
    std::size_t ignored_ = 0;
    Time deadline_ = Time::max();
    Time next_heartbeat_{};
    Phase phase_ = Phase::open;
    bool chunked_;
    bool gone_ = false;
};

}  // namespace safargo::http
