// A run's event loop, its connections and its counts, on one thread. When requests begin is the matter of the two
// loops; how they end is the worker's.
#pragma once

#include "load/connection.hpp"
#include "load/tally.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <deque>
#include <memory>
#include <random>
#include <vector>

namespace safargo::load {

struct Outcome {
    Tally tally;
    double seconds;      // the measured part; less than the plan's when a list ran out
    double cpu_seconds;  // of this program in the measured part
    bool exhausted;
};

class Worker : private Connection::Owner {
public:
    Worker(const Plan& plan, Mix& mix, TimePoint begins);
    virtual ~Worker() = default;

    Outcome run();  // until every request has ended

protected:
    virtual void start() = 0;
    virtual void on_free(Connection& connection, bool unreachable) = 0;  // its request has ended
    virtual bool is_over(TimePoint now) const = 0;                       // nothing more will begin
    virtual void sweep(TimePoint) {}                                     // ten times a second or more often
    void on_idle_close(Connection&) override {}

    using Timer = boost::asio::steady_timer;

    static void wait_until(Timer& timer, TimePoint when, auto then) {
        timer.expires_at(when);
        timer.async_wait([then](const boost::system::error_code&) { then(); });
    }

    std::optional<Request> next_request(TimePoint due);  // nothing: exhausted
    void begin(Connection& connection, const Request& request);
    bool is_late(const Request& request, TimePoint now) const { return now - request.due >= plan_.timeout; }
    Connection& add_connection();
    std::size_t connections() const { return connections_.size(); }

    const Plan& plan_;
    const TimePoint begins_;
    const TimePoint measured_from_;
    const TimePoint ends_;  // nothing begins from here on
    bool exhausted_ = false;
    boost::asio::io_context io_{1};
    Timer next_begin_{io_};
    Tally tally_;

private:
    void on_answer(Connection& connection) final;
    void on_failure(Connection& connection, Failure failure) final;
    void on_open() final { ++tally_.connections_opened; }

    void arm_sweep();
    void sweep_all();
    void arm_drop();
    void drop_one();
    void settle(Connection& connection, TimePoint now, bool unreachable = false);
    void stop_when_over(TimePoint now);

    Mix& mix_;
    std::mt19937_64 random_;
    std::vector<std::unique_ptr<Connection>> connections_;
    Timer from_timer_{io_};
    Timer until_timer_{io_};
    Timer sweep_timer_{io_};
    Timer drop_timer_{io_};
    std::uint64_t drops_ = 0;
    std::size_t under_way_ = 0;
    double cpu_from_ = 0;
    double cpu_until_ = 0;
};

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
