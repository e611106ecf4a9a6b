#include "http/worker.hpp"

#include "core/current_failure.hpp"
#include "core/event_loop.hpp"
#include "core/logging.hpp"
#include "http/event_connection.hpp"
#include "http/problem.hpp"
#include "http/session.hpp"

#include <sys/socket.h>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>

#include <algorithm>
#include <string>

namespace safargo::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::milliseconds accept_pause{50};  // after a failure such as too many open files

// How often deadlines are checked: precise enough for the shortest, but not more.
std::chrono::milliseconds tick_of(const Timeouts& timeouts) {
    using std::chrono::milliseconds;
    const auto shortest = std::min({timeouts.idle, timeouts.header, timeouts.body, timeouts.handler, timeouts.write});
    return std::clamp(shortest / 4, milliseconds(5), milliseconds(250));
}

Task<void> serve(Worker& worker, tcp::socket socket, std::string client, Session::Cancellation cancellation) {
    Session session(worker, std::move(socket), std::move(client), std::move(cancellation));
    co_await session.run();
}

// Keeps the signal until the coroutine's frame is gone.
struct EndOfSession {
    Session::Cancellation cancellation;
    void operator()(std::exception_ptr failure) const {
        if (failure) std::rethrow_exception(failure);
    }
};

}  // namespace

Worker::Worker(Shared& shared, const AppFactory& factory, unsigned thread)
    : shared_(shared),
      app_(factory(io_, thread)),
      dispatcher_(shared.options, shared.proxies, app_),
      writer_(shared.cors, shared.options.gzip_min) {}

// Operations of its streams may outlive the application, whose objects the sources use.
Worker::~Worker() {
    for (const auto& stream : streams_) stream->forget_source();
}

void Worker::listen(const tcp::endpoint& endpoint) {
    acceptor_.open(endpoint.protocol());
    acceptor_.set_option(asio::socket_base::reuse_address(true));
    acceptor_.set_option(ReusePort(true));
    acceptor_.non_blocking(true);
    acceptor_.bind(endpoint);
    acceptor_.listen();
}

void Worker::run() {
    asio::co_spawn(io_, accept(), asio::detached);
    asio::co_spawn(io_, sweep(), asio::detached);
    run_through_failures(io_);
}

Task<void> Worker::accept() {
    asio::steady_timer pause(io_);
    while (acceptor_.is_open()) {
        auto [failure, socket] = co_await acceptor_.async_accept(as_result);
        if (!failure) {
            welcome_or_log(std::move(socket));
        } else if (acceptor_.is_open() && failure != asio::error::operation_aborted) {
            log::warning("accept_failed", {{"what", std::string_view(failure.message())}});
            pause.expires_after(accept_pause);
            co_await pause.async_wait(as_result);
        }
    }
}

// A connection that cannot be served must not end the accept loop.
void Worker::welcome_or_log(tcp::socket socket) {
    try {
        welcome(std::move(socket));
    } catch (...) {
        log::error("connection_not_served", {{"what", std::string_view(describe_current_failure())}});
    }
}

void Worker::welcome(tcp::socket socket) {
    std::string client = client_of(socket);
    if (!shared_.clients.enter(client)) return turn_away(std::move(socket), Code::rate_limited);
    const bool full = shared_.connections.load(std::memory_order_relaxed) >= shared_.options.max_connections;
    if (full && !make_room()) {
        shared_.clients.leave(client);
        return turn_away(std::move(socket), Code::dependency_unavailable);
    }
    boost::system::error_code ignored;  // a disconnected peer shows at the first read
    socket.set_option(tcp::no_delay(true), ignored);
    shared_.connections.fetch_add(1);
    auto cancellation = std::make_shared<asio::cancellation_signal>();
    const auto slot = cancellation->slot();
    asio::co_spawn(io_, serve(*this, std::move(socket), std::move(client), cancellation),
                   asio::bind_cancellation_slot(slot, EndOfSession{cancellation}));
}

// A trusted proxy stands for many clients, and a developer's own machine is not limited.
std::string Worker::client_of(const tcp::socket& socket) const {
    boost::system::error_code gone;
    const asio::ip::address peer = unmapped(socket.remote_endpoint(gone).address());
    if (gone || shared_.proxies.contains(peer) || (shared_.options.development && peer.is_loopback())) return {};
    return limit_key(peer);
}

// A closing connection counts slightly longer than its socket is open.
bool Worker::make_room() {
    Session* waiting = connection_list_.longest_waiting();
    if (waiting == nullptr) return false;
    waiting->make_room();
    return true;
}

void Worker::turn_away(tcp::socket socket, Code code) {
    Exchange exchange;
    boost::system::error_code ignored;
    exchange.close = true;
    exchange.began = std::chrono::steady_clock::now();
    dispatcher_.identify(exchange, socket.remote_endpoint(ignored).address());
    Response response = problem({.code = code, .retry_after = std::chrono::seconds(1)}, exchange.request.context);
    std::string wire;
    writer_.finish(exchange, response, wire);
    wire += response.body;
    socket.non_blocking(true, ignored);
    socket.send(asio::buffer(wire), 0, ignored);
    socket.shutdown(tcp::socket::shutdown_send, ignored);
    dispatcher_.metrics().record(exchange, response.status, response.body.size());
}

Task<void> Worker::sweep() {
    const auto tick = tick_of(shared_.options.timeouts);
    asio::steady_timer timer(io_);
    for (;;) {
        timer.expires_after(tick);
        co_await timer.async_wait(as_result);
        try {
            writer_.tick();
            log::flush();
            const auto now = std::chrono::steady_clock::now();
            connection_list_.for_each([now](Session& session) { session.check_deadline(now); });
            for (const auto& stream : streams_) stream->check(now);
        } catch (...) {  // without the sweep there would be no deadlines
            log::error("sweep_failed", {{"what", std::string_view(describe_current_failure())}});
        }
    }
}

ConnectionList::Entry Worker::enter(Session& session) {
    dispatcher_.metrics().connections().add(1);
    return connection_list_.add(session);
}

void Worker::leave(const ConnectionList::Entry& entry, const std::string& client) {
    connection_list_.remove(entry);
    stop_counting(client);
}

void Worker::stop_counting(const std::string& client) {
    shared_.clients.leave(client);
    shared_.connections.fetch_sub(1);
    dispatcher_.metrics().connections().add(-1);
}

void Worker::enter(std::shared_ptr<EventConnection> stream, const ConnectionList::Entry& session) {
    const auto entry = streams_.insert(streams_.end(), stream);
    connection_list_.remove(session);
    dispatcher_.metrics().streams().add(1);
    stream->begin(entry);
    if (ending_streams_) end_stream(*stream);
}

void Worker::leave(EventConnection& stream) {
    stop_counting(stream.client());
    dispatcher_.metrics().streams().add(-1);
    streams_.erase(stream.entry());
}

// Clients come back over some seconds, so that the other replicas do not get them all at once.
void Worker::end_stream(EventConnection& stream) {
    constexpr unsigned step_ms = 37, spread_ms = 4'000;
    stream.end_with_retry(std::chrono::milliseconds(1'000 + streams_ended_++ * step_ms % spread_ms));
}

void Worker::end_streams() {
    asio::post(io_, [this] {
        ending_streams_ = true;
        for (const auto& stream : streams_) end_stream(*stream);
    });
}

// Closing one of several listeners of a port resets the connections queued on it, so they are accepted first.
void Worker::close_acceptor() {
    boost::system::error_code failure;
    while (acceptor_.is_open() && !failure) {
        tcp::socket socket = acceptor_.accept(failure);
        if (!failure) welcome(std::move(socket));
    }
    acceptor_.close(failure);
}

std::future<void> Worker::stop_accepting() {
    return asio::post(io_, asio::use_future([this] {
                          close_acceptor();
                          connection_list_.for_each([](Session& session) { session.close_if_idle(); });
                      }));
}

void Worker::abort() {
    asio::post(io_, [this] {
        boost::system::error_code ignored;
        acceptor_.close(ignored);
        connection_list_.for_each([](Session& session) { session.abort(); });
        for (const auto& stream : streams_) stream->abort();
    });
}

void Worker::halt() {
    io_.stop();
}

}  // namespace safargo::http
