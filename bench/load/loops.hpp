// When requests begin.
#pragma once

#include "load/worker.hpp"

#include <deque>

namespace safargo::load {

// A fixed number of users, each of whom asks, waits for the answer, and asks again. A server that stalls is asked less,
// so this finds out what it can do, and not what people would have met.
class ClosedLoop final : public Worker {
public:
    using Worker::Worker;

private:
    struct Pause {
        TimePoint until;
        Connection* connection;
    };

    void start() override;
    void on_free(Connection& connection, bool unreachable) override;
    bool is_over(TimePoint now) const override { return exhausted_ || now >= ends_; }

    void ask(Connection& connection);
    void arm();
    void end_pauses();

    std::deque<Pause> pauses_;  // all as long: the first ends first
};

// Requests at a constant rate, whatever the server does: request i is due at begins + i / rate. A server that stalls
// meets every request that real users would have sent meanwhile, and each waits from its due time on.
class OpenLoop final : public Worker {
public:
    using Worker::Worker;

private:
    void start() override { arm(); }
    void on_free(Connection& connection, bool unreachable) override;
    void on_idle_close(Connection& connection) override;
    bool is_over(TimePoint) const override { return has_ended() && waiting_.empty(); }
    void sweep(TimePoint now) override;

    TimePoint due() const;  // of the next request
    bool has_ended() const { return exhausted_ || due() >= ends_; }
    void arm();
    void send_all_due();
    void send(const Request& request);

    std::uint64_t next_ = 0;         // number of the next request
    std::vector<Connection*> idle_;  // the last used is used next: the others may rest
    std::vector<Connection*> closed_;
    std::deque<Request> waiting_;  // for a connection
};

}  // namespace safargo::load
