#include "adapters/redis/node.hpp"

#include "adapters/redis/counters.hpp"
#include "core/failures.hpp"
#include "core/logging.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace safargo::redis {
namespace {

namespace asio = boost::asio;
using std::chrono::steady_clock;

constexpr std::chrono::milliseconds first_pause{25};

// A server that accepts us and hangs up again, and again, must not be tried without a pause.
constexpr std::chrono::seconds lasting_connection{1};

}  // namespace

Node::Node(std::shared_ptr<const Surroundings> surroundings, Address address)
    : surroundings_(std::move(surroundings)),
      address_(std::move(address)),
      pause_(surroundings_->executor),
      back_off_(first_pause, surroundings_->options.longest_back_off),
      last_used_(steady_clock::now()) {}

std::shared_ptr<Node> Node::start(std::shared_ptr<const Surroundings> surroundings, Address address) {
    auto node = std::make_shared<Node>(std::move(surroundings), std::move(address));
    asio::co_spawn(node->surroundings_->executor, keep_connected(node), asio::detached);
    return node;
}

Task<Reply> Node::exchange(std::shared_ptr<Node> self, std::shared_ptr<Request> request, Deadline deadline) {
    self->last_used_ = steady_clock::now();
    if (deadline <= self->last_used_) throw DeadlineExceeded("redis: no time left");
    if (self->closed_ || self->unreachable_) {
        throw DependencyUnavailable("redis", self->address_.text() + " cannot be reached");
    }
    if (self->pipeline_) {
        self->pipeline_->submit(request);
    } else {
        self->waiting_.push_back(request);
    }
    co_return co_await Request::wait(std::move(request), deadline);
}

Task<void> Node::keep_connected(std::shared_ptr<Node> self) {
    while (!self->closed_) {
        if (!co_await connect(self)) {
            co_await self->rest();
            continue;
        }
        const auto since = steady_clock::now();
        co_await serve(self);
        const bool lasted = steady_clock::now() - since >= lasting_connection;
        if (lasted) self->back_off_.reset();
        if (std::exchange(self->hurried_, !lasted) && !lasted) {
            self->fail_waiting("the connection was lost at once");
            co_await self->rest();
        }
    }
}

Task<bool> Node::connect(std::shared_ptr<Node> self) {
    const Dialer::Opened link = co_await Dialer::open(self->surroundings_->dialer, self->address_);
    if (link) {
        counters().opened.add();
        self->pipeline_ = std::make_shared<Pipeline>(self->surroundings_->executor, *link, self->surroundings_->options,
                                                     self->surroundings_->health);
        co_return true;
    }
    counters().failed.add();
    const std::string reason = self->address_.text() + ": " + link.error();
    if (!self->unreachable_) log::warning("redis_node_unreachable", {{"error", std::string_view(reason)}});
    self->fail_waiting(reason);
    co_return false;
}

Task<void> Node::serve(std::shared_ptr<Node> self) {
    const std::shared_ptr<Pipeline> pipeline = self->pipeline_;
    for (auto& request : self->waiting_) pipeline->submit(std::move(request));
    self->waiting_.clear();
    if (self->closed_) pipeline->close("closed");
    self->unreachable_ = false;
    self->tell();
    const std::string reason = co_await Pipeline::run(pipeline);
    self->pipeline_ = nullptr;
    self->waiting_ = pipeline->take_unsent();
    if (self->closed_) {
        self->fail_waiting("closed");
        co_return;
    }
    counters().lost.add();
    log::warning("redis_node_lost",
                 {{"node", std::string_view(self->address_.text())}, {"error", std::string_view(reason)}});
    self->tell();
}

Task<void> Node::rest() {
    if (closed_) co_return;
    pause_.expires_after(back_off_.next());
    co_await pause_.async_wait(asio::as_tuple(asio::use_awaitable));
}

// Until an attempt succeeds, nobody else waits for one.
void Node::fail_waiting(const std::string& reason) {
    unreachable_ = true;
    const Pipeline::Requests all = std::move(waiting_);
    waiting_.clear();
    for (const auto& request : all) request->fail(reason);
    tell();
}

void Node::reconnect(const std::string& reason) {
    if (pipeline_) pipeline_->close(reason);
}

void Node::close() {
    if (closed_) return;
    closed_ = true;
    pause_.cancel();
    if (pipeline_) pipeline_->close("closed");
    fail_waiting("closed");
}

void Node::tell() {
    if (surroundings_->changed) surroundings_->changed();
}

Node::Condition Node::condition() const {
    if (closed_ || unreachable_) return Condition::unreachable;
    if (!pipeline_) return Condition::connecting;
    return pipeline_->is_slow() ? Condition::slow : Condition::answering;
}

}  // namespace safargo::redis
