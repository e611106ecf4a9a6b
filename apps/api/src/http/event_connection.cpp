#include "http/event_connection.hpp"

#include "core/current_failure.hpp"
#include "core/logging.hpp"
#include "http/event_text.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <utility>

namespace safargo::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

// What the kernel may hold for a client that does not read: enough for hundreds of events, and little for thousands of
// such clients. Left alone it would grow to megabytes before the stream learns of it.
constexpr int send_buffer = 32 * 1'024;
constexpr std::size_t most_waiting = 64 * 1'024;  // bytes; a source that waits until the sink is ready stays far below
constexpr std::size_t most_ignored = 16 * 1'024;  // bytes from a client that has nothing more to say
constexpr std::chrono::milliseconds linger_time{2'000};

}  // namespace

EventConnection::EventConnection(Worker& worker, Parts parts)
    : worker_(worker),
      socket_(std::move(parts.socket)),
      client_(std::move(parts.client)),
      slot_(std::move(parts.slot)),
      source_(std::move(parts.source)),
      chunked_(parts.chunked) {}

void EventConnection::begin(std::list<std::shared_ptr<EventConnection>>::iterator entry) {
    entry_ = entry;
    bound_memory();
    next_heartbeat_ = std::chrono::steady_clock::now() + worker_.options().heartbeat;
    watch();
    try {
        source_->open(*this);
    } catch (...) {
        log::error("stream_not_opened", {{"what", std::string_view(describe_current_failure())}});
        abort();
    }
}

// A client that vanished without a word is given up when it has not confirmed a heartbeat for as long as a write may
// take.
void EventConnection::bound_memory() {
    error_code ignored;
    socket_.non_blocking(true, ignored);
    socket_.set_option(asio::socket_base::send_buffer_size(send_buffer), ignored);
    const auto patience = static_cast<unsigned>(worker_.options().timeouts.write.count());
    ::setsockopt(socket_.native_handle(), IPPROTO_TCP, TCP_USER_TIMEOUT, &patience, sizeof patience);
}

bool EventConnection::is_ready() const {
    return phase_ == Phase::open && !gone_ && waiting_.empty() && written_.empty();
}

void EventConnection::send(const Event& event) {
    if (phase_ != Phase::open || gone_) return;
    append_event(waiting_, event);
    if (waiting_.size() > most_waiting) {
        worker_.dispatcher().metrics().stream_dropped();
        return abort();
    }
    flush();
}

void EventConnection::end() {
    if (phase_ != Phase::open || gone_) return;
    phase_ = Phase::ending;
    flush();
}

void EventConnection::end_with_retry(std::chrono::milliseconds delay) {
    if (phase_ != Phase::open || gone_) return;
    append_retry(waiting_, delay);
    end();
}

void EventConnection::watch() {
    socket_.async_wait(tcp::socket::wait_read,
                       [self = shared_from_this()](error_code failure) { self->on_readable(failure); });
}

// Nothing is expected from the client, so the only news is that it has gone.
void EventConnection::on_readable(error_code failure) {
    if (!failure) {
        std::array<char, 512> bytes;
        ignored_ += socket_.read_some(asio::buffer(bytes), failure);
        if (failure == asio::error::would_block || failure == asio::error::try_again) failure.clear();
    }
    if (failure || ignored_ > most_ignored) return leave();
    watch();
}

void EventConnection::flush() {
    if (!written_.empty() || phase_ == Phase::ended) return;
    if (!waiting_.empty()) {
        written_ = chunked_ ? as_chunk(waiting_) : std::move(waiting_);
        std::string().swap(waiting_);
    }
    if (phase_ == Phase::ending) {
        phase_ = Phase::ended;
        if (chunked_) written_ += last_chunk;
        if (written_.empty()) return finish();
    }
    if (written_.empty()) return;
    const Time now = std::chrono::steady_clock::now();
    deadline_ = now + worker_.options().timeouts.write;
    next_heartbeat_ = now + worker_.options().heartbeat;
    asio::async_write(socket_, asio::buffer(written_),
                      [self = shared_from_this()](error_code failure, std::size_t) { self->on_written(failure); });
}

void EventConnection::on_written(error_code failure) {
    std::string().swap(written_);
    if (gone_) return;
    if (failure) return abort();
    deadline_ = Time::max();
    if (phase_ == Phase::ended) return finish();
    flush();
    if (is_ready() && source_) source_->ready();
}

// The client has been told, and closes its side; if it does not, we do. The source may be the caller.
void EventConnection::finish() {
    asio::post(socket_.get_executor(), [self = shared_from_this()] { self->source_.reset(); });
    error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
    deadline_ = std::chrono::steady_clock::now() + linger_time;
}

void EventConnection::check(Time now) {
    if (gone_) return;
    if (now >= deadline_) {
        if (phase_ != Phase::ended || !written_.empty()) worker_.dispatcher().metrics().stream_dropped();
        return abort();
    }
    if (phase_ != Phase::open) return;
    if (now >= source_->ends_at()) return end();
    if (now < next_heartbeat_ || !is_ready()) return;
    waiting_ += heartbeat_text;
    flush();
}

// The waiting read fails, and its handler does the rest.
void EventConnection::abort() {
    gone_ = true;
    error_code ignored;
    socket_.close(ignored);
}

void EventConnection::leave() {
    abort();
    source_.reset();
    worker_.leave(*this);
}

}  // namespace safargo::http
