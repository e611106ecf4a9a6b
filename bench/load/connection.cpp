#include "load/connection.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

namespace safargo::load {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using boost::system::error_code;
using Parser = http::response_parser<http::string_body>;

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
constexpr std::uint32_t max_head = 65'536;
constexpr std::size_t buffer_size = 16'384;  // Beast reads as much at once as there is room for, or 512 bytes

std::unexpected<Failure> failed(const error_code& error, Failure otherwise) {
    if (error == beast::error::timeout) return std::unexpected(Failure::timeout);
    const bool gone = error == http::error::end_of_stream || error == http::error::partial_message;
    const bool no_http = !gone && error.category() == http::make_error_code(http::error::bad_version).category();
    return std::unexpected(no_http ? Failure::protocol : otherwise);
}

// Beast also reads what no subject may send, since nobody could tell whether it was whole: a body that ends with the
// connection, and other encodings below the chunks.
bool is_plain(const Parser& parser) {
    const auto& answer = parser.get();
    const bool known = answer.result_int() >= 100 && answer.result_int() < 600;
    const bool chunks = !parser.chunked() || beast::iequals(answer[http::field::transfer_encoding], "chunked");
    return known && chunks && !parser.need_eof();
}

}  // namespace

asio::awaitable<std::expected<Answer, Failure>> Connection::ask(Request request) {
    hung_up_ = false;
    stream_.expires_at(request.due + plan_.timeout);
    auto answer = co_await exchange(request.choice.line->bytes);
    if (!answer) stream_.close();
    co_return answer;
}

asio::awaitable<std::expected<Answer, Failure>> Connection::exchange(std::string_view bytes) {
    if (!is_quiet()) {
        if (const auto refused = co_await open()) co_return failed(refused, Failure::connect);
    }
    const auto [lost, written] = co_await asio::async_write(stream_, asio::buffer(bytes), as_result);
    if (lost) co_return failed(lost, Failure::closed);
    co_return co_await read();
}

asio::awaitable<std::expected<Answer, Failure>> Connection::read() {
    for (;;) {
        Parser parser;
        parser.header_limit(max_head);
        parser.body_limit(boost::none);
        const auto [broken, size] = co_await http::async_read(stream_, buffer_, parser, as_result);
        if (broken) co_return failed(broken, Failure::closed);
        if (!is_plain(parser)) co_return std::unexpected(Failure::protocol);
        const int status = static_cast<int>(parser.get().result_int());
        if (status < 200 && status != 101) continue;                           // 100 and 103 announce the answer
        if (buffer_.size() > 0) co_return std::unexpected(Failure::protocol);  // nobody asked for more than one
        if (!parser.keep_alive()) stream_.close();
        co_return Answer{.status = status, .body_start = parser.get().body().substr(0, Answer::kept_body)};
    }
}

asio::awaitable<error_code> Connection::open() {
    stream_.close();
    buffer_.clear();
    buffer_.reserve(buffer_size);
    const auto [refused] = co_await stream_.async_connect(plan_.target, as_result);
    if (refused) co_return refused;
    ++openings_;
    error_code ignored;  // a socket that has these no more fails when it is used
    stream_.socket().set_option(asio::ip::tcp::no_delay(true), ignored);
    stream_.socket().non_blocking(true, ignored);
    co_return error_code();
}

bool Connection::is_quiet() {
    char byte = 0;
    error_code heard;
    stream_.socket().receive(asio::buffer(&byte, 1), asio::socket_base::message_peek, heard);
    return heard == asio::error::would_block;
}

void Connection::hang_up() {
    error_code ignored;
    stream_.socket().set_option(asio::socket_base::linger(true, 0), ignored);
    stream_.close();
    hung_up_ = true;
}

}  // namespace safargo::load
