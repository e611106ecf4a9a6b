// A run's event loop, its connections and its counts, on one thread.
#pragma once

#include "load/connection.hpp"
#include "load/run.hpp"

#include <boost/asio/io_context.hpp>

#include <deque>
#include <random>
#include <vector>

namespace safargo::load {

class Worker {
public:
    Worker(const Plan& plan, Mix& mix, TimePoint begins);

    Outcome run();  // until every request has ended

private:
    using Work = boost::asio::awaitable<void>;

    void start(Work work);  // the run lasts until all work has ended
    Work be_user(Connection* connection);
    Work send_all_due();
    void send(Request request);
    Work serve(Connection* connection, Request request);
    boost::asio::awaitable<bool> exchange(Connection* connection, Request request);  // false: it could not connect
    Work drop_connections();
    void drop_one();
    Work watch_cpu();

    TimePoint due(std::uint64_t number) const;
    std::optional<Request> next_request(TimePoint due);  // nothing: exhausted
    Connection* add_connection() { return &connections_.emplace_back(io_, plan_); }

    const Plan& plan_;
    Mix& mix_;
    const TimePoint begins_;
    const TimePoint measured_from_;
    const TimePoint ends_;  // nothing begins from here on
    std::mt19937_64 random_;
    Tally tally_;
    boost::asio::io_context io_{1};
    std::deque<Connection> connections_;
    std::vector<Connection*> free_;  // of an open loop; the last used is used next: the others may rest
    std::deque<Request> waiting_;    // for a connection
    std::size_t working_ = 0;
    bool exhausted_ = false;
    double cpu_from_ = 0;
    double cpu_until_ = 0;
};

}  // namespace safargo::load
