// A fixed number of users, each of whom asks, waits for the answer, thinks, and asks again. A server that stalls is
// asked less, so this finds out what it can do, and not what people would have met.
#pragma once

#include "load/worker.hpp"

#include <queue>

namespace safargo::load {

class ClosedLoop final : public Worker {
public:
    using Worker::Worker;

private:
    struct Pause {
        TimePoint until;
        Connection* connection;
        bool operator>(const Pause& other) const { return until > other.until; }
    };

    void start() override;
    void on_free(Connection& connection, Ending how) override;
    bool is_over(TimePoint now) const override;
    void sweep(TimePoint) override {}

    void ask(Connection& connection);
    void pause(Connection& connection, std::chrono::nanoseconds time);
    void arm();
    void end_pauses();

    std::priority_queue<Pause, std::vector<Pause>, std::greater<>> pauses_;
    boost::asio::steady_timer timer_{io_};
};

}  // namespace safargo::load
