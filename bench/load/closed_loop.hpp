// A fixed number of users, each of whom asks, waits for the answer, and asks again. A server that stalls is asked less,
// so this finds out what it can do, and not what people would have met.
#pragma once

#include "load/worker.hpp"

#include <deque>

namespace safargo::load {

class ClosedLoop final : public Worker {
public:
    using Worker::Worker;

private:
    struct Pause {
        TimePoint until;
        Connection* connection;
    };

    void start() override;
    void on_free(Connection& connection, Ending how) override;
    bool is_over(TimePoint now) const override { return exhausted_ || now >= ends_; }

    void ask(Connection& connection);
    void arm();
    void end_pauses();

    std::deque<Pause> pauses_;  // all as long: the first ends first
    boost::asio::steady_timer timer_{io_};
};

}  // namespace safargo::load
