// A keep-alive connection that carries one request at a time and opens itself again when it has to. While it is idle it
// listens, so that a server that hangs up is noticed before the next request is lost on it.
#pragma once

#include "load/mix.hpp"
#include "load/response_reader.hpp"

#include <boost/asio/io_context.hpp>

namespace safargo::load {

class Connection {
public:
    // Called from the io_context; each may begin the connection's next request.
    class Owner {
    public:
        virtual void on_answer(Connection& connection) = 0;
        virtual void on_failure(Connection& connection, Failure failure) = 0;  // it is closed
        virtual void on_idle_close(Connection& connection) = 0;                // no request was lost
        virtual void on_open() = 0;

    protected:
        ~Owner() = default;
    };

    // Lives until the io_context has stopped: what was cancelled still completes, and is then ignored.
    Connection(boost::asio::io_context& io, const boost::asio::ip::tcp::endpoint& target, Owner& owner)
        : socket_(io), target_(target), owner_(owner) {}

    void begin(const Request& request);
    void close();    // a request under way is forgotten; the owner hears nothing
    void hang_up();  // the same, with a reset instead of a farewell

    bool is_open() const { return state_ != State::closed; }
    bool is_busy() const { return state_ == State::connecting || state_ == State::busy; }
    const Request& request() const { return request_; }
    const ResponseReader& answer() const { return reader_; }

private:
    enum class State { closed, connecting, idle, busy };

    void open();
    void write();
    void read();
    void on_connect(const boost::system::error_code& failure);
    void on_read(const boost::system::error_code& failure, std::size_t size);
    void complete();
    void fail(Failure failure);

    boost::asio::ip::tcp::socket socket_;
    boost::asio::ip::tcp::endpoint target_;
    Owner& owner_;
    State state_ = State::closed;
    std::uint64_t life_ = 0;  // counts closings: completions of an earlier life are ignored
    Request request_{};
    std::size_t written_ = 0;
    ResponseReader reader_;
    std::array<char, 16'384> buffer_;
};

}  // namespace safargo::load
