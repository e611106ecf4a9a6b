#include "net/multi.hpp"

#include "core/logging.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <fcntl.h>
#include <chrono>
#include <csignal>
#include <stdexcept>
#include <unordered_map>
#include <utility>

namespace safargo::net {

namespace asio = boost::asio;
using boost::system::error_code;
using Descriptor = asio::posix::stream_descriptor;

namespace {

// CURL_POLL_IN, CURL_POLL_OUT and CURL_CSELECT_IN, CURL_CSELECT_OUT are the same two bits.
constexpr int readable = CURL_POLL_IN;
constexpr int writable = CURL_POLL_OUT;
static_assert(readable == CURL_CSELECT_IN && writable == CURL_CSELECT_OUT);

// One socket of libcurl.
struct Watch {
    explicit Watch(const asio::any_io_executor& executor) : descriptor(executor) {}

    Descriptor descriptor;
    int wanted = 0;   // what libcurl waits for
    int pending = 0;  // what Asio waits for
};

void start_library() {
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) throw std::runtime_error("libcurl does not start");
    // With CURLOPT_NOSIGNAL libcurl leaves this to its user.
    std::signal(SIGPIPE, SIG_IGN);
}

CURLM* new_handle() {
    static const bool started = (start_library(), true);
    CURLM* handle = started ? curl_multi_init() : nullptr;
    if (handle == nullptr) throw std::runtime_error("libcurl makes no multi handle");
    return handle;
}

}  // namespace

// Outlives the Multi while a handler is queued that has locked it; handlers hold it weakly.
struct Multi::State : std::enable_shared_from_this<State> {
    explicit State(const asio::any_io_executor& on) : executor(on), handle(new_handle()), timer(on) {}
    ~State() { curl_multi_cleanup(handle); }  // calls back, while the other members are still there
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    static int on_socket(CURL*, curl_socket_t socket, int what, void* self, void*) noexcept {
        auto& state = *static_cast<State*>(self);
        if (what == CURL_POLL_REMOVE) {
            state.forget(socket);
        } else {
            state.watch(socket, what);
        }
        return 0;
    }

    static int on_time(CURLM*, long milliseconds, void* self) noexcept {
        static_cast<State*>(self)->wake_after(milliseconds);
        return 0;
    }

    // Watches a duplicate: libcurl closes its sockets at will, and the descriptor that Asio still watches could then be
    // reused for something else.
    void watch(curl_socket_t socket, int wanted) {
        std::shared_ptr<Watch>& known = watches[socket];
        if (!known) {
            known = std::make_shared<Watch>(executor);
            error_code failed;
            const int duplicate = ::fcntl(socket, F_DUPFD_CLOEXEC, 0);
            if (duplicate >= 0) known->descriptor.assign(duplicate, failed);
            // Then the transfer ends by its deadline. To refuse would end all transfers, for ever.
            if (duplicate < 0 || failed) log::error("outbound_socket_not_watched");
        }
        known->wanted = wanted;
        arm(socket, known);
    }

    void forget(curl_socket_t socket) {
        const auto found = watches.find(socket);
        if (found == watches.end()) return;
        found->second->wanted = 0;
        error_code ignored;
        found->second->descriptor.close(ignored);
        watches.erase(found);
    }

    void arm(curl_socket_t socket, const std::shared_ptr<Watch>& watch) {
        if (!watch->descriptor.is_open()) return;
        for (const int event : {readable, writable}) {
            if ((watch->wanted & event) == 0 || (watch->pending & event) != 0) continue;
            watch->pending |= event;
            watch->descriptor.async_wait(event == readable ? Descriptor::wait_read : Descriptor::wait_write,
                                         [weak = weak_from_this(), socket, watch, event](const error_code& failed) {
                                             watch->pending &= ~event;
                                             const auto state = weak.lock();
                                             if (state) state->on_ready(socket, watch, event, failed);
                                         });
        }
    }

    void on_ready(curl_socket_t socket, const std::shared_ptr<Watch>& watch, int event, const error_code& failed) {
        if (failed == asio::error::operation_aborted) return;
        if ((watch->wanted & event) != 0) act(socket, failed ? CURL_CSELECT_ERR : event);
        arm(socket, watch);
    }

    void wake_after(long milliseconds) {
        const unsigned now = ++round;
        if (milliseconds < 0) {
            timer.cancel();
            return;
        }
        timer.expires_after(std::chrono::milliseconds(milliseconds));
        timer.async_wait([weak = weak_from_this(), now](const error_code& cancelled) {
            const auto state = weak.lock();
            if (!cancelled && state && now == state->round) state->act(CURL_SOCKET_TIMEOUT, 0);
        });
    }

    void act(curl_socket_t socket, int events) {
        int running = 0;
        curl_multi_socket_action(handle, socket, events, &running);
        int left = 0;
        while (const CURLMsg* message = curl_multi_info_read(handle, &left)) {
            if (message->msg != CURLMSG_DONE) continue;
            CURL* const ended = message->easy_handle;
            const CURLcode code = message->data.result;
            Transfer* owner = nullptr;
            curl_easy_getinfo(ended, CURLINFO_PRIVATE, &owner);
            curl_multi_remove_handle(handle, ended);  // invalidates the message
            owner->end(code);
        }
    }

    asio::any_io_executor executor;
    CURLM* handle;
    asio::steady_timer timer;
    unsigned round = 0;  // distinguishes a late handler of an earlier time
    std::unordered_map<curl_socket_t, std::shared_ptr<Watch>> watches;
};

Multi::Multi(const asio::any_io_executor& executor) : state_(std::make_shared<State>(executor)) {
    constexpr long most_idle_connections = 64;
    CURLM* const handle = state_->handle;
    curl_multi_setopt(handle, CURLMOPT_SOCKETFUNCTION, &State::on_socket);
    curl_multi_setopt(handle, CURLMOPT_SOCKETDATA, state_.get());
    curl_multi_setopt(handle, CURLMOPT_TIMERFUNCTION, &State::on_time);
    curl_multi_setopt(handle, CURLMOPT_TIMERDATA, state_.get());
    curl_multi_setopt(handle, CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_MULTIPLEX));
    curl_multi_setopt(handle, CURLMOPT_MAXCONNECTS, most_idle_connections);
}

Multi::~Multi() = default;

void Multi::add(CURL* handle, Transfer& owner) {
    curl_easy_setopt(handle, CURLOPT_PRIVATE, &owner);
    if (curl_multi_add_handle(state_->handle, handle) != CURLM_OK) {
        throw std::runtime_error("libcurl does not start a transfer");
    }
}

void Multi::remove(CURL* handle) {
    curl_multi_remove_handle(state_->handle, handle);
}

}  // namespace safargo::net
