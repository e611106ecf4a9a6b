// One connection: reads requests, one at a time, and answers them in order.
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

// Lives in its coroutine's frame, on its worker's thread. Every wait on the socket has a deadline, kept by the
// worker's sweep: setting one is a store, where a timer per wait would cost more than the rest of the session.
class Session {
public:
    using Time = std::chrono::steady_clock::time_point;
    using Cancellation = std::shared_ptr<boost::asio::cancellation_signal>;  // of the coroutine that runs it

    // Counted against `client` until it ends.
    Session(Worker& worker, boost::asio::ip::tcp::socket socket, std::string client, Cancellation cancellation);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    Task<void> run();

    // From the same thread, while the session waits.
    void check_deadline(Time now);
    void close_if_idle();  // a connection that never asked anything gets a moment to do so
    void make_room();      // ends it, while it waits for a request
    void abort();

private:
    enum class Phase { idle, reading, handling, writing, lingering };
    enum class Next { another, linger, drop };

    Task<Next> serve_one();
    Task<bool> read_header();  // false when there is nobody to answer
    Task<bool> read_body();
    Task<bool> fill();  // more bytes in the buffer
    Task<Response> respond();
    Response refused_by_reader() const;
    Task<bool> send(Response response);
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
    bool expired_ = false;       // the last wait was ended by its deadline
    bool gone_ = false;          // nobody is left to answer
    bool cancelled_ = false;     // the handler took too long
    bool answered_for_ = false;  // it did not even end then, and 504 is out
    bool served_ = false;        // at least one request
};

}  // namespace safargo::http
