// One connection: reads requests one at a time and answers them in order.
#pragma once

#include "http/exchange.hpp"
#include "http/request_reader.hpp"
#include "http/worker.hpp"

#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace safargo::http {

// Lives in its coroutine's frame, on its worker's thread. Every socket wait has a deadline, checked by the worker's
// sweep: setting it is a single store, whereas a timer per wait would cost more than the rest of the session.
class Session {
public:
    using Time = std::chrono::steady_clock::time_point;
    using Cancellation = std::shared_ptr<boost::asio::cancellation_signal>;  // of the coroutine that runs it

    // Counted for `client` until it ends.
    Session(Worker& worker, boost::asio::ip::tcp::socket socket, std::string client, Cancellation cancellation);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    Task<void> run();

    // Called on the same thread while the session waits.
    void check_deadline(Time now);
    void close_if_idle();  // a connection without a request yet gets a short time for one
    void make_room();      // closes it while it waits for a request
    void abort();

private:
    enum class Phase { idle, reading, handling, writing, lingering };
    enum class Next { another, linger, drop };

    Task<Next> serve_one();
    Task<bool> read_header();  // false if the client is gone
    Task<bool> read_body();
    Task<bool> fill();  // reads more bytes into the buffer
    Task<Response> respond();
    Response refused_by_reader() const;
    Task<bool> send(Response response);
    Task<Next> stream(Response response);  // session_stream.cpp
    Task<void> linger();

    void allow(Phase phase, std::chrono::milliseconds time);
    void feed();
    void release_memory();
    void cancel_handler(Time now);
    void answer_for_handler();
    bool must_close() const;

    Worker& worker_;
    const std::string client_;
    const Cancellation cancellation_;
    ConnectionList::Entry entry_{};
    boost::asio::ip::tcp::socket socket_;
    boost::asio::ip::address peer_;
    RequestReader reader_;
    Exchange exchange_;
    BodyShare body_share_;
    std::vector<char> buffer_;
    std::size_t begin_ = 0, end_ = 0;  // unread bytes of buffer_
    std::string head_;
    Time deadline_ = Time::max();
    Phase phase_ = Phase::idle;
    bool expired_ = false;       // the last wait timed out
    bool gone_ = false;          // the client has disconnected
    bool cancelled_ = false;     // the handler took too long
    bool answered_for_ = false;  // it ignored the cancellation, and 504 has been sent
    bool served_ = false;        // has answered at least one request
    bool handed_over_ = false;   // the connection is an event stream now
};

}  // namespace safargo::http
