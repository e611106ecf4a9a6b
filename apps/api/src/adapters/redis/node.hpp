// One server of the cluster, with a connection that is opened again whenever it is lost.
#pragma once

#include "adapters/redis/address.hpp"
#include "adapters/redis/back_off.hpp"
#include "adapters/redis/dialer.hpp"
#include "adapters/redis/pipeline.hpp"

#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <memory>
#include <string>

namespace safargo::redis {

class Node {
public:
    enum class Condition {
        answering,
        slow,         // connected, and owes an answer for a while
        connecting,   // for the first time, or at once after a loss: commands wait for it
        unreachable,  // commands are refused at once until an attempt succeeds
    };
    struct Surroundings {
        boost::asio::any_io_executor executor;
        std::shared_ptr<Dialer> dialer;
        ClientOptions options;
        std::shared_ptr<Health> health;
        std::function<void()> changed;  // connected, lost or found unreachable; may destroy anything but this node
    };

    Node(std::shared_ptr<const Surroundings> surroundings, Address address);
    static std::shared_ptr<Node> start(std::shared_ptr<const Surroundings> surroundings, Address address);

    // Throws DependencyUnavailable (at once if unreachable; or the connection was lost) or DeadlineExceeded.
    static Task<Reply> exchange(std::shared_ptr<Node> self, std::shared_ptr<Request> request, Deadline deadline);

    // Opens another connection: this one leads to the wrong server, or to one that does not know us.
    void reconnect(const std::string& reason);
    void close();

    Condition condition() const;
    const Address& address() const { return address_; }
    std::chrono::steady_clock::time_point last_used() const { return last_used_; }

private:
    static Task<void> keep_connected(std::shared_ptr<Node> self);
    static Task<bool> connect(std::shared_ptr<Node> self);
    static Task<void> serve(std::shared_ptr<Node> self);
    Task<void> rest();
    void fail_waiting(const std::string& reason);
    void tell();

    std::shared_ptr<const Surroundings> surroundings_;
    Address address_;
    std::shared_ptr<Pipeline> pipeline_;
    Pipeline::Requests waiting_;  // for the connection that is being opened
    boost::asio::steady_timer pause_;
    BackOff back_off_;
    std::chrono::steady_clock::time_point last_used_;
    bool hurried_ = false;  // the last connection was lost soon, and the next one opened without a pause
    bool unreachable_ = false;
    bool closed_ = false;
};

}  // namespace safargo::redis
