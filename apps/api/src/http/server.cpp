#include "http/server.hpp"

#include "core/logging.hpp"
#include "http/descriptors.hpp"
#include "http/worker.hpp"

#include <pthread.h>
#include <boost/asio/ip/tcp.hpp>

#include <algorithm>
#include <condition_variable>
#include <future>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace safargo::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using std::chrono::milliseconds;

constexpr milliseconds handlers_at_stop{1'000};
constexpr milliseconds poll{5};

// With SO_REUSEPORT two servers could share a port silently, so bind once without it first.
void require_free(const tcp::endpoint& endpoint) {
    if (endpoint.port() == 0) return;
    asio::io_context io;
    tcp::acceptor probe(io, endpoint.protocol());
    probe.set_option(asio::socket_base::reuse_address(true));
    probe.bind(endpoint);
    probe.listen();
}

ServerOptions fitted(ServerOptions options) {
    const std::size_t files = raise_descriptor_limit();
    const std::size_t affordable = affordable_connections(options.max_connections, files, options.reserved_files);
    if (affordable < options.max_connections) {
        log::warning("few_open_files",
                     {{"limit", static_cast<long long>(files)}, {"connections", static_cast<long long>(affordable)}});
    }
    options.max_connections = affordable;
    options.max_streams = std::min(options.max_streams, affordable / 4 * 3);
    return options;
}

void run_worker(Worker& worker, unsigned thread) {
    pthread_setname_np(pthread_self(), ("http-" + std::to_string(thread)).c_str());
    worker.run();
}

}  // namespace

struct Server::State {
    State(ServerOptions options, AppFactory given, Readiness& readiness)
        : shared(fitted(std::move(options)), readiness), factory(std::move(given)) {}

    bool wait_until_empty(milliseconds limit) const {
        const auto end = std::chrono::steady_clock::now() + limit;
        while (shared.connections.load() > 0) {
            if (std::chrono::steady_clock::now() >= end) return false;
            std::this_thread::sleep_for(poll);
        }
        return true;
    }

    Shared shared;
    AppFactory factory;
    std::vector<std::unique_ptr<Worker>> workers;
    std::vector<std::thread> threads;
    std::mutex mutex;
    std::condition_variable stopping;
    bool stopped = false;
};

Server::Server(ServerOptions options, AppFactory factory, Readiness& readiness)
    : state_(std::make_unique<State>(std::move(options), std::move(factory), readiness)) {}

Server::~Server() {
    stop();
}

void Server::start() {
    const ServerOptions& options = state_->shared.options;
    if (options.threads == 0) throw std::invalid_argument("a server needs a thread");
    tcp::endpoint endpoint(asio::ip::make_address(options.bind), options.port);
    require_free(endpoint);
    for (unsigned i = 0; i < options.threads; ++i) {
        state_->workers.push_back(std::make_unique<Worker>(state_->shared, state_->factory, i));
        state_->workers.back()->listen(endpoint);
        endpoint = state_->workers.front()->endpoint();
    }
    log::set_buffered(true);
    for (unsigned i = 0; i < options.threads; ++i) {
        state_->threads.emplace_back(run_worker, std::ref(*state_->workers[i]), i);
    }
}

std::uint16_t Server::port() const {
    return state_->workers.at(0)->endpoint().port();
}

std::size_t Server::connections() const {
    return state_->shared.connections.load();
}

void Server::drain() {
    const ServerOptions& options = state_->shared.options;
    state_->shared.readiness.set_draining();
    {
        std::unique_lock lock(state_->mutex);
        if (state_->stopping.wait_for(lock, options.drain_delay, [this] { return state_->stopped; })) return;
    }
    for (const auto& worker : state_->workers) worker->end_streams();
    std::vector<std::future<void>> closed;
    for (const auto& worker : state_->workers) closed.push_back(worker->stop_accepting());
    for (auto& listener : closed) listener.wait_for(options.drain_limit);
    if (!state_->wait_until_empty(options.drain_limit)) {
        log::warning("drain_limit", {{"connections", static_cast<long long>(connections())}});
    }
    stop();
}

void Server::stop() {
    {
        const std::lock_guard lock(state_->mutex);
        if (state_->stopped) return;
        state_->stopped = true;
        state_->stopping.notify_all();
    }
    for (const auto& worker : state_->workers) worker->abort();
    if (!state_->threads.empty()) state_->wait_until_empty(handlers_at_stop);
    for (const auto& worker : state_->workers) worker->halt();
    for (std::thread& thread : state_->threads) thread.join();
    log::set_buffered(false);
    for (auto& worker : state_->workers) {
        if (!worker->has_sessions()) continue;
        // A handler is still waiting. Leaking its objects at exit is better than destroying them.
        log::error("handler_outlived_server");
        static_cast<void>(worker.release());
    }
}

}  // namespace safargo::http
