// Delivers outbox rows to their subscribers: in order per subscriber and ordering key, at least once, several at a
// time. Any number of dispatchers may run side by side; a lease keeps two of them off one row. When a process dies its
// rows are sent again after the lease, one at a time, so that the row that killed it does not take the others along
// forever. Each subscriber has its own slots: a vendor that hangs fills only those, so messages do not wait for
// payments, nor payments for messages.
#pragma once

#include "core/clock.hpp"
#include "core/wakeup.hpp"
#include "db/database.hpp"
#include "jobs/fan_out.hpp"
#include "jobs/outbox_rows.hpp"
#include "jobs/outbox_watch.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

namespace safargo::jobs {

struct DispatcherOptions {
    std::size_t in_flight = 32;  // per subscriber
    std::chrono::seconds lease{60};
    std::chrono::milliseconds handler_limit{30'000};  // then it is cancelled; well within the lease
    int max_attempts = stuck_after;                   // then the subscription decides what happens
    // Consecutive deaths of its process after which a row is not retried. If processes are killed every few seconds, an
    // innocent row can be hit three times in a row (two in a thousand rounds of the seat race), but hardly five times.
    int max_deaths = 5;
    std::chrono::milliseconds poll{250};
    // Minimum time between turns: rows sent or committed meanwhile share the next round trip and commit.
    std::chrono::milliseconds pace{10};
};

// 1 s after the first failure, doubling each time, at most 10 min.
std::chrono::seconds back_off(int failures);

class OutboxDispatcher {
public:
    OutboxDispatcher(boost::asio::any_io_executor executor, db::Database& database, const Clock& clock,
                     db::Subscriptions subscriptions, DispatcherOptions options = {});

    // Sends everything due, and everything that becomes due as a result, until nothing is left. Returns the number of
    // attempts.
    Task<std::size_t> run_once();

    // Sends until stop(), then waits for sends in progress. Survives database outages.
    Task<void> serve();
    void ring() { wakeup_.ring(); }  // reports a commit; on this thread only
    void stop();

private:
    struct Subscriber {
        db::Subscription subscription;
        std::size_t in_flight = 0;
    };
    Claim wanted_now() const;
    Task<std::size_t> take_turn();
    Task<std::size_t> take_turn_or_log();
    Task<bool> fan_out();
    Task<void> fan_out_or_log();
    Subscriber& subscriber_of(const ClaimedMessage& claimed);
    Task<std::vector<ClaimedMessage>> mark_and_claim(Claim wanted, std::vector<ClaimedMessage> sent);
    void start(ClaimedMessage claimed);
    void start_marking(ClaimedMessage sent);
    Task<void> mark(ClaimedMessage sent);
    Task<void> send(Subscriber& subscriber, ClaimedMessage claimed);
    Task<void> settle(const db::Subscription& subscription, ClaimedMessage claimed);
    Task<void> drop(const db::Subscription& subscription, ClaimedMessage claimed);
    Task<void> give_up_on(const db::Subscription& subscription, ClaimedMessage claimed);
    Task<void> put_off(const db::Subscription& subscription, ClaimedMessage claimed, std::string failure);
    Task<std::optional<std::string>> attempt(const db::Subscription& subscription, db::OutboxMessage message);
    Task<std::optional<std::string>> attempt_in_time(const db::Subscription& subscription, db::OutboxMessage message);

    boost::asio::any_io_executor executor_;
    db::Database& database_;
    const Clock& clock_;
    FanOut fan_out_;
    DispatcherOptions options_;
    Wakeup wakeup_;
    OutboxRows rows_;
    std::vector<Subscriber> subscribers_;
    std::size_t in_flight_ = 0;         // of all subscribers
    std::vector<ClaimedMessage> sent_;  // not marked yet: the next turn does it
    bool suspect_in_flight_ = false;
    bool stopping_ = false;
};

}  // namespace safargo::jobs
