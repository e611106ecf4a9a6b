// One thread of a run: an event loop, its connections and its counts. When requests begin is the load's matter
// (OpenLoop, ClosedLoop); how they end is settled here.
#pragma once

#include "load/connection.hpp"
#include "load/mix.hpp"
#include "load/tally.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <atomic>
#include <memory>
#include <random>
#include <vector>

namespace safargo::load {

// What the threads of a run share.
struct Shared {
    const Plan& plan;
    Mix& mix;
    TimePoint begins;
    TimePoint measured_from;
    TimePoint ends;  // nothing begins from here on
    std::atomic<bool> exhausted{false};
};

class Worker : private Connection::Owner {
public:
    Worker(Shared& shared, unsigned index);
    virtual ~Worker() = default;

    void run();  // until every request has ended

    const Tally& tally() const { return tally_; }                                       // once it has run
    std::uint64_t answers() const { return answers_.load(std::memory_order_relaxed); }  // any time, warm-up included
    std::uint64_t errors() const { return errors_.load(std::memory_order_relaxed); }

protected:
    enum class Ending { answered, failed, unreachable, dropped };

    virtual void start() = 0;
    virtual void on_free(Connection& connection, Ending how) = 0;  // its request has ended so
    virtual bool is_over(TimePoint now) const = 0;                 // nothing more will begin
    virtual void sweep(TimePoint now) = 0;                         // ten times a second or more often
    void on_idle_close(Connection&) override {}

    std::optional<Request> next_request(TimePoint due);  // nothing: exhausted
    void begin(Connection& connection, const Request& request);
    void give_up(const Request& request, TimePoint now);  // its time is over and it was never sent
    bool is_late(const Request& request, TimePoint now) const { return now - request.due >= shared_.plan.timeout; }
    Connection& add_connection();
    unsigned share_of(unsigned whole) const;  // this thread's part
    std::size_t connections() const { return connections_.size(); }

    Shared& shared_;
    const unsigned index_;
    boost::asio::io_context io_{1};
    Tally tally_;

private:
    void on_answer(Connection& connection) final;
    void on_failure(Connection& connection, Failure failure) final;
    void on_open() final { ++tally_.connections_opened; }
    void on_received(std::size_t bytes) final { tally_.add_bytes(bytes, Clock::now()); }

    void arm_sweep();
    void sweep_all();
    void arm_drop();
    void drop_one();
    void settle(Connection& connection, Ending how, TimePoint now);
    void stop_when_over(TimePoint now);
    void count_error();

    Chooser chooser_;
    std::mt19937_64 random_;
    std::vector<std::unique_ptr<Connection>> connections_;
    boost::asio::steady_timer sweep_timer_{io_};
    boost::asio::steady_timer drop_timer_{io_};
    std::uint64_t drops_ = 0;
    std::size_t under_way_ = 0;
    std::atomic<std::uint64_t> answers_{0};
    std::atomic<std::uint64_t> errors_{0};
};

}  // namespace safargo::load
