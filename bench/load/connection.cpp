#include "load/connection.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>

namespace safargo::load {

namespace asio = boost::asio;
using boost::system::error_code;

void Connection::begin(const Request& request) {
    request_ = request;
    written_ = 0;
    reader_.begin();
    if (state_ == State::closed) return open();
    state_ = State::busy;
    write();
}

void Connection::open() {
    state_ = State::connecting;
    error_code failure;
    socket_.open(target_.protocol(), failure);
    if (!failure) socket_.set_option(asio::ip::tcp::no_delay(true), failure);
    if (!failure) socket_.non_blocking(true, failure);
    const auto on_result = [this, life = life_](const error_code& result) {
        if (life == life_) on_connect(result);
    };
    if (!failure) return socket_.async_connect(target_, on_result);
    // later, not now: an owner that tries again at once would never return
    asio::post(socket_.get_executor(), [on_result, failure] { on_result(failure); });
}

void Connection::on_connect(const error_code& failure) {
    if (failure) return fail(Failure::connect);
    owner_.on_open();
    state_ = State::busy;
    const auto life = life_;
    write();
    if (life == life_) read();
}

// The kernel takes a request at once as a rule; only what it does not take costs a turn of the loop.
void Connection::write() {
    const std::string_view bytes = request_.choice.line.bytes;
    error_code failure;
    written_ += socket_.write_some(asio::buffer(bytes.substr(written_)), failure);
    if (failure && failure != asio::error::would_block) return fail(Failure::closed);
    if (written_ == bytes.size()) return;
    socket_.async_wait(asio::socket_base::wait_write, [this, life = life_](const error_code&) {
        if (life == life_) write();
    });
}

void Connection::read() {
    socket_.async_read_some(asio::buffer(buffer_), [this, life = life_](const error_code& failure, std::size_t size) {
        if (life == life_) on_read(failure, size);
    });
}

void Connection::on_read(const error_code& failure, std::size_t size) {
    if (state_ == State::idle) {  // it closes, or says what nobody asked for, such as a farewell of 408
        close();
        return owner_.on_idle_close(*this);
    }
    if (failure) return fail(Failure::closed);
    const auto life = life_;
    const auto state = reader_.feed({buffer_.data(), size});
    if (state == ResponseReader::State::failed) return fail(Failure::protocol);
    if (state == ResponseReader::State::complete) complete();
    if (life == life_) read();
}

void Connection::complete() {
    const bool sent = written_ == request_.choice.line.bytes.size();
    if (reader_.keeps_alive() && sent) {
        state_ = State::idle;
    } else {
        close();
    }
    owner_.on_answer(*this);
}

void Connection::fail(Failure failure) {
    close();
    owner_.on_failure(*this, failure);
}

void Connection::close() {
    ++life_;
    state_ = State::closed;
    error_code ignored;
    socket_.close(ignored);
}

void Connection::hang_up() {
    error_code ignored;
    socket_.set_option(asio::socket_base::linger(true, 0), ignored);
    close();
}

}  // namespace safargo::load
