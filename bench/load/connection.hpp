// A keep-alive connection that carries one request at a time and opens itself again when it has to.
#pragma once

#include "load/mix.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>

#include <expected>

namespace safargo::load {

struct Answer {
    static constexpr std::size_t kept_body = 200;

    int status;
    std::string body_start;  // so that a report can show what was wrong
};

class Connection {
public:
    Connection(boost::asio::io_context& io, const Plan& plan) : stream_(io), plan_(plan) {}

    // One after the other. An answer that has not come within the plan's timeout of the due moment is none.
    boost::asio::awaitable<std::expected<Answer, Failure>> ask(Request request);
    void hang_up();  // with a reset instead of a farewell; the answer under way is lost

    bool has_hung_up() const { return hung_up_; }  // since it was last asked
    bool is_open() const { return stream_.socket().is_open(); }
    bool is_quiet();  // open, and the server says nothing unasked, such as a farewell of 408, nor has it hung up
    std::uint64_t openings() const { return openings_; }

private:
    boost::asio::awaitable<std::expected<Answer, Failure>> exchange(std::string_view bytes);
    boost::asio::awaitable<std::expected<Answer, Failure>> read();
    boost::asio::awaitable<boost::system::error_code> open();

    boost::beast::tcp_stream stream_;
    boost::beast::flat_buffer buffer_;
    const Plan& plan_;
    std::uint64_t openings_ = 0;
    bool hung_up_ = false;
};

}  // namespace safargo::load
