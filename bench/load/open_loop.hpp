// Requests at a constant rate, whatever the server does: request i is due at begins + i / rate. A server that stalls
// meets every request that real users would have sent meanwhile, and each waits from its due time on.
#pragma once

#include "load/worker.hpp"

#include <deque>

namespace safargo::load {

class OpenLoop final : public Worker {
public:
    using Worker::Worker;

private:
    void start() override { arm(); }
    void on_free(Connection& connection, Ending how) override;
    void on_idle_close(Connection& connection) override;
    bool is_over(TimePoint) const override { return has_ended() && waiting_.empty(); }
    void sweep(TimePoint now) override;

    TimePoint due() const;  // of the next request
    bool has_ended() const { return exhausted_ || due() >= ends_; }
    void arm();
    void send_all_due();
    void send(const Request& request);

    std::uint64_t next_ = 0;  // number of the next request
    boost::asio::steady_timer timer_{io_};
    std::vector<Connection*> idle_;  // the last used is used next: the others may rest
    std::vector<Connection*> closed_;
    std::deque<Request> waiting_;  // for a connection
};

}  // namespace safargo::load
