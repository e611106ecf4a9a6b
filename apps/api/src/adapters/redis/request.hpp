// A command on its way to one node, and the place where its caller waits. Shared by both: the caller may leave first.
#pragma once

#include "adapters/redis/client.hpp"
#include "adapters/redis/load.hpp"

#include <boost/asio/steady_timer.hpp>

#include <memory>
#include <optional>
#include <string>

namespace safargo::redis {

class Request {
public:
    using Bytes = std::shared_ptr<const std::string>;
    using Share = std::shared_ptr<const Load::Share>;

    Request(const boost::asio::any_io_executor& executor, Bytes bytes, Share share = nullptr, bool asking = false)
        : timer_(executor), bytes_(std::move(bytes)), share_(std::move(share)), asking_(asking) {}

    // Throws DependencyUnavailable if it failed, DeadlineExceeded, or operation_aborted if the caller is cancelled.
    static Task<Reply> wait(std::shared_ptr<Request> self, Deadline deadline);

    // By whoever carries it; the second one has no effect.
    void answer(Reply reply);
    void fail(std::string reason);

    // Nobody waits any more. What is not sent yet need not be.
    bool is_abandoned() const { return abandoned_; }
    void abandon() { abandoned_ = true; }

    const std::string& bytes() const { return *bytes_; }
    bool asks() const { return asking_; }  // ASKING goes before it, with a reply of its own

private:
    void finish();

    boost::asio::steady_timer timer_;
    Bytes bytes_;
    Share share_;
    bool asking_;
    bool abandoned_ = false;
    std::optional<Reply> reply_;
    std::optional<std::string> failure_;
};

}  // namespace safargo::redis
