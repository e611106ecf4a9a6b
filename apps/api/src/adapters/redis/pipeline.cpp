#include "adapters/redis/pipeline.hpp"

#include "core/current_failure.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>

namespace safargo::redis {
namespace {

namespace asio = boost::asio;
using std::chrono::steady_clock;

constexpr std::size_t batch_bytes = 262'144;            // of one write
constexpr std::chrono::milliseconds healthy_time{200};  // within which a node that works answers
constexpr std::chrono::hours forever{24};               // until rung
constexpr std::string_view asking = "*1\r\n$6\r\nASKING\r\n";
constexpr std::string_view ping_bytes = "*1\r\n$4\r\nPING\r\n";

}  // namespace

Pipeline::Pipeline(asio::any_io_executor executor, std::shared_ptr<Link> link, const ClientOptions& options,
                   std::shared_ptr<Health> health)
    : executor_(std::move(executor)),
      link_(std::move(link)),
      longest_silence_(options.longest_silence),
      ping_interval_(options.ping_interval),
      health_(std::move(health)),
      work_(executor_),
      watch_(executor_),
      last_reply_(steady_clock::now()) {}

Task<std::string> Pipeline::run(std::shared_ptr<Pipeline> self) {
    asio::co_spawn(self->executor_, write_commands(self), asio::detached);
    asio::co_spawn(self->executor_, watch_silence(self), asio::detached);
    try {
        co_await read_replies(self);
    } catch (...) {
        self->close(describe_current_failure());
    }
    co_return self->reason_;
}

Task<void> Pipeline::read_replies(std::shared_ptr<Pipeline> self) {
    while (!self->closed_) {
        co_await Link::fill(self->link_);
        while (auto reply = self->link_->next()) self->deliver(std::move(*reply));
    }
}

void Pipeline::deliver(Reply reply) {
    if (sent_.empty()) throw ProtocolError("a reply to nothing");
    Sent& oldest = sent_.front();
    last_reply_ = steady_clock::now();
    if (oldest.request->asks() && !oldest.asking_answered) {
        oldest.asking_answered = true;  // the reply to the command itself says whether it worked
        return;
    }
    health_->observe(std::chrono::duration_cast<std::chrono::microseconds>(last_reply_ - oldest.at));
    has_answered_ = true;
    oldest.request->answer(std::move(reply));
    sent_.pop_front();
}

void Pipeline::submit(std::shared_ptr<Request> request) {
    unsent_.push_back(std::move(request));
    work_.ring();
}

Task<void> Pipeline::write_commands(std::shared_ptr<Pipeline> self) {
    try {
        while (!self->closed_) {
            std::string batch = self->next_batch();
            if (batch.empty()) {
                co_await self->work_.wait(forever);
            } else {
                co_await Link::write(self->link_, std::move(batch));
            }
        }
    } catch (...) {
        self->close(describe_current_failure());
    }
}

// From here on the commands count as sent: nobody can tell how much of a failed write has arrived.
std::string Pipeline::next_batch() {
    std::string batch;
    const auto now = steady_clock::now();
    while (!unsent_.empty() && batch.size() < batch_bytes) {
        std::shared_ptr<Request> request = std::move(unsent_.front());
        unsent_.pop_front();
        if (request->is_abandoned()) continue;
        if (request->asks()) batch.append(asking);
        batch.append(request->bytes());
        sent_.push_back({std::move(request), now});
    }
    return batch;
}

// A node that owes an answer and is silent is given up: a frozen one keeps its connection open for ever, and one that
// drips a reply would hold up everything behind it. One that owes nothing is asked from time to time.
Task<void> Pipeline::watch_silence(std::shared_ptr<Pipeline> self) {
    while (!self->closed_) {
        const auto now = steady_clock::now();
        if (!self->sent_.empty()) {
            const auto silent_since = std::max(self->last_reply_, self->sent_.front().at);
            if (now - silent_since >= self->longest_silence_) self->close("it does not answer");
        } else if (self->unsent_.empty() && now - self->last_reply_ >= self->ping_interval_) {
            self->ping();
        }
        if (self->closed_) co_return;
        self->watch_.expires_after(std::min(self->longest_silence_, self->ping_interval_) / 4);
        co_await self->watch_.async_wait(asio::as_tuple(asio::use_awaitable));
    }
}

void Pipeline::ping() {
    static const auto bytes = std::make_shared<const std::string>(ping_bytes);
    submit(std::make_shared<Request>(executor_, bytes));
}

void Pipeline::close(std::string reason) {
    if (closed_) return;
    closed_ = true;
    reason_ = std::move(reason);
    link_->close();
    work_.ring();
    watch_.cancel();
    for (const Sent& sent : sent_) sent.request->fail("the connection was lost: " + reason_);
    sent_.clear();
}

bool Pipeline::is_slow() const {
    return !sent_.empty() && steady_clock::now() - sent_.front().at > healthy_time;
}

}  // namespace safargo::redis
