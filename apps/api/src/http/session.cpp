#include "http/session.hpp"

#include "core/current_failure.hpp"
#include "core/logging.hpp"
#include "http/problem.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

namespace safargo::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t first_buffer = 4'096;
constexpr std::chrono::milliseconds linger_time{2'000};
constexpr std::size_t linger_bytes = std::size_t{1} << 20;
constexpr std::chrono::milliseconds first_request_grace{1'000};
constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";

}  // namespace

Session::Session(Worker& worker, tcp::socket socket, std::string client, Cancellation cancellation)
    : worker_(worker),
      client_(std::move(client)),
      cancellation_(std::move(cancellation)),
      socket_(std::move(socket)),
      reader_({.header_bytes = worker.options().max_header_bytes, .target = worker.options().max_target}),
      body_share_(worker.shared().bodies),
      buffer_(first_buffer) {
    boost::system::error_code failure;
    peer_ = unmapped(socket_.remote_endpoint(failure).address());
    gone_ = static_cast<bool>(failure);
    entry_ = worker_.enter(*this);
}

Session::~Session() {
    body_share_.release();  // a client that sees the connection closed finds its share returned
    if (!handed_over_) worker_.leave(entry_, client_);
}

Task<void> Session::run() {
    try {
        Next next = gone_ ? Next::drop : Next::another;
        while (next == Next::another) next = co_await serve_one();
        if (next == Next::linger) co_await linger();
    } catch (...) {
        log::error("session_failed", {{"what", std::string_view(describe_current_failure())}});
    }
}

Task<Session::Next> Session::serve_one() {
    reader_.begin(exchange_.request);
    exchange_.match = {};
    exchange_.rate.reset();
    if (served_) worker_.connection_list().move(entry_, ConnectionList::Activity::idle);
    if (!co_await read_header()) co_return Next::drop;
    worker_.connection_list().move(entry_, ConnectionList::Activity::busy);

    exchange_.began = std::chrono::steady_clock::now();
    exchange_.method = reader_.method();
    exchange_.http_1_0 = reader_.http_1_0();
    worker_.dispatcher().identify(exchange_, peer_);

    Response response = co_await respond();
    if (gone_ || answered_for_) co_return Next::drop;
    if (response.events) co_return co_await stream(std::move(response));
    exchange_.close = must_close();
    if (!co_await send(std::move(response))) co_return Next::drop;
    served_ = true;
    release_memory();
    co_return exchange_.close ? Next::linger : Next::another;
}

Task<Response> Session::respond() {
    RequestContext& context = exchange_.request.context;
    Dispatcher& dispatcher = worker_.dispatcher();
    const bool readable = reader_.state() != RequestReader::State::failed;
    if (readable) dispatcher.route(exchange_);
    if (dispatcher.is_counted(exchange_)) co_await dispatcher.count(exchange_);
    if (!readable) {
        auto flood = dispatcher.refuse_flood(exchange_);
        co_return flood ? std::move(*flood) : refused_by_reader();
    }
    if (auto early = dispatcher.answer_early(exchange_)) {
        if (!reader_.has_body()) reader_.accept_body(0);
        co_return std::move(*early);
    }
    reader_.accept_body(exchange_.match.route->max_body);
    if (!co_await read_body()) co_return Response{};
    if (reader_.state() == RequestReader::State::failed) co_return refused_by_reader();

    allow(Phase::handling, worker_.options().timeouts.handler);
    context.deadline = deadline_;
    cancelled_ = false;
    Response response = co_await dispatcher.handle(exchange_);
    phase_ = Phase::writing;
    // The cancellation of the handler must not cancel its response.
    if (cancelled_) co_await asio::this_coro::reset_cancellation_state(asio::enable_terminal_cancellation());
    co_return response;
}

Response Session::refused_by_reader() const {
    Error error{.code = reader_.failure()};
    if (error.code == Code::dependency_unavailable) error.retry_after = std::chrono::seconds(1);
    return problem(error, exchange_.request.context);
}

Task<bool> Session::read_header() {
    const Timeouts& timeouts = worker_.options().timeouts;
    if (begin_ == end_) {
        allow(Phase::idle, worker_.is_accepting() ? timeouts.idle : first_request_grace);
    } else {
        allow(Phase::reading, timeouts.header);
    }
    for (;;) {
        feed();
        if (reader_.state() != RequestReader::State::header) co_return true;
        if (!co_await fill()) co_return phase_ == Phase::reading && !gone_;
        if (phase_ == Phase::idle) allow(Phase::reading, timeouts.header);
    }
}

Task<bool> Session::read_body() {
    if (reader_.state() != RequestReader::State::body) co_return true;
    allow(Phase::reading, worker_.options().timeouts.body);
    if (reader_.expects_continue() && begin_ == end_) {
        auto [failure, sent] = co_await asio::async_write(socket_, asio::buffer(go_on), as_result);
        if (failure) {
            gone_ = true;
            co_return false;
        }
    }
    for (;;) {
        feed();
        if (!body_share_.grow_to(exchange_.request.body.size())) reader_.fail(Code::dependency_unavailable);
        if (reader_.state() != RequestReader::State::body) co_return true;
        if (!co_await fill()) co_return !gone_;
    }
}

// An idle connection keeps next to no memory, whatever was sent or received before.
void Session::release_memory() {
    reader_.release(exchange_.request);
    body_share_.release();
    if (head_.capacity() > first_buffer) std::string().swap(head_);
    if (buffer_.size() <= first_buffer || end_ - begin_ > first_buffer) return;
    std::vector<char> small(first_buffer);
    std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(begin_),
              buffer_.begin() + static_cast<std::ptrdiff_t>(end_), small.begin());
    end_ -= begin_;
    begin_ = 0;
    buffer_ = std::move(small);
}

void Session::feed() {
    begin_ += reader_.feed({buffer_.data() + begin_, end_ - begin_});
    if (begin_ == end_) begin_ = end_ = 0;
}

// False on a timeout (then the reader has failed) or if the client is gone.
Task<bool> Session::fill() {
    if (begin_ > 0) {
        std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
    }
    if (end_ == buffer_.size()) {
        const std::size_t most = worker_.options().max_header_bytes + first_buffer;
        if (buffer_.size() >= most) {  // an endless chunk extension or trailer
            reader_.fail(Code::malformed_request);
            co_return true;
        }
        buffer_.resize(std::min(buffer_.size() * 2, most));
    }
    auto [failure, received] =
        co_await socket_.async_read_some(asio::buffer(buffer_.data() + end_, buffer_.size() - end_), as_result);
    if (failure) {
        if (expired_) reader_.fail(Code::request_timeout);
        gone_ = !expired_;
        co_return false;
    }
    end_ += received;
    co_return true;
}

Task<bool> Session::send(Response response) {
    worker_.writer().finish(exchange_, response, head_);
    allow(Phase::writing, worker_.options().timeouts.write);
    const std::array wire{asio::const_buffer(asio::buffer(head_)), asio::const_buffer(asio::buffer(response.body))};
    // Counted before it is written, so that a client with the response finds it in the metrics.
    worker_.dispatcher().metrics().record(exchange_, response.status, response.body.size());
    auto [failure, sent] = co_await asio::async_write(socket_, wire, as_result);
    co_return !failure;
}

// Closing while the peer still sends would reset the connection, and our response might never be read.
Task<void> Session::linger() {
    boost::system::error_code ignored;
    const bool asked_for = reader_.state() == RequestReader::State::complete && !reader_.keep_alive();
    if (asked_for && begin_ == end_) co_return;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
    allow(Phase::lingering, linger_time);
    for (std::size_t discarded = 0; discarded < linger_bytes;) {
        auto [failure, received] = co_await socket_.async_read_some(asio::buffer(buffer_), as_result);
        if (failure) break;
        discarded += received;
    }
}

void Session::allow(Phase phase, std::chrono::milliseconds time) {
    phase_ = phase;
    expired_ = false;
    deadline_ = std::chrono::steady_clock::now() + time;
}

bool Session::must_close() const {
    return cancelled_ || !reader_.keep_alive() || reader_.state() != RequestReader::State::complete ||
           worker_.shared().readiness.phase() == Readiness::Phase::draining;
}

void Session::check_deadline(Time now) {
    if (now < deadline_) return;
    if (phase_ == Phase::handling) {
        cancel_handler(now);
        return;
    }
    expired_ = true;
    boost::system::error_code ignored;
    socket_.cancel(ignored);
}

// Without a response, so that the descriptor is free at once.
void Session::make_room() {
    worker_.connection_list().move(
        entry_, ConnectionList::Activity::busy);  // closing already: another connection makes room next
    abort();
}

// Repeated at each check: a cancellation during a COMMIT is not seen, and the handler must not continue after it.
void Session::cancel_handler(Time now) {
    if (answered_for_) return;
    if (!cancelled_) {
        log::error("handler_deadline", {{"route", std::string_view(exchange_.match.route->pattern)},
                                        {"request_id", std::string_view(exchange_.request.context.request_id)}});
    }
    cancelled_ = true;
    if (now >= deadline_ + worker_.options().timeouts.unwind) return answer_for_handler();
    cancellation_->emit(asio::cancellation_type::terminal);
}

// Last resort for a handler that ignores its cancellation: its own response will be dropped.
void Session::answer_for_handler() {
    answered_for_ = true;
    exchange_.close = true;
    Response late = problem({.code = Code::timeout}, exchange_.request.context);
    worker_.writer().finish(exchange_, late, head_);
    head_ += late.body;
    boost::system::error_code ignored;
    socket_.non_blocking(true, ignored);
    socket_.send(asio::buffer(head_), 0, ignored);
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
    worker_.dispatcher().metrics().record(exchange_, late.status, late.body.size());
}

void Session::close_if_idle() {
    if (phase_ != Phase::idle) return;
    if (!served_) {
        deadline_ = std::min(deadline_, std::chrono::steady_clock::now() + first_request_grace);
        return;
    }
    deadline_ = Time::min();
    check_deadline(std::chrono::steady_clock::now());
}

void Session::abort() {
    boost::system::error_code ignored;
    socket_.close(ignored);
}

}  // namespace safargo::http
