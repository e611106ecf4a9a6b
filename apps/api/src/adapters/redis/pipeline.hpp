// Commands over one connection: sent in order as soon as they come, several in one write, and answered in order. A
// reply that nobody waits for any more is taken and thrown away, so that the next one reaches the right caller.
#pragma once

#include "adapters/redis/client.hpp"
#include "adapters/redis/health.hpp"
#include "adapters/redis/link.hpp"
#include "adapters/redis/request.hpp"
#include "core/wakeup.hpp"

#include <boost/asio/steady_timer.hpp>

#include <deque>
#include <memory>
#include <string>

namespace safargo::redis {

class Pipeline {
public:
    using Requests = std::deque<std::shared_ptr<Request>>;

    Pipeline(boost::asio::any_io_executor executor, std::shared_ptr<Link> link, const ClientOptions& options,
             std::shared_ptr<Health> health);

    // Works until the connection is lost or closed, and says why. What was sent and not answered fails then: whether
    // Redis executed it is not known.
    static Task<std::string> run(std::shared_ptr<Pipeline> self);

    void submit(std::shared_ptr<Request> request);
    void close(std::string reason);

    // What has not been sent; after the end.
    Requests take_unsent() { return std::move(unsent_); }
    // Owes an answer for longer than healthy nodes do.
    bool is_slow() const;
    bool has_answered() const { return has_answered_; }

private:
    struct Sent {
        std::shared_ptr<Request> request;
        std::chrono::steady_clock::time_point at;
        bool asking_answered = false;
    };

    static Task<void> read_replies(std::shared_ptr<Pipeline> self);
    static Task<void> write_commands(std::shared_ptr<Pipeline> self);
    static Task<void> watch_silence(std::shared_ptr<Pipeline> self);
    std::string next_batch();
    void deliver(Reply reply);
    void ping();

    boost::asio::any_io_executor executor_;
    std::shared_ptr<Link> link_;
    std::chrono::milliseconds longest_silence_, ping_interval_;
    std::shared_ptr<Health> health_;
    Wakeup work_;
    boost::asio::steady_timer watch_;
    Requests unsent_;
    std::deque<Sent> sent_;
    std::chrono::steady_clock::time_point last_reply_;
    bool has_answered_ = false;
    bool closed_ = false;
    std::string reason_;
};

}  // namespace safargo::redis
