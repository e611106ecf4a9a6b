// Delivers what transactions left in the outbox to whoever subscribed: to each in order per ordering key, at least
// once, several at a time. Any number of dispatchers work beside each other; a lease keeps two of them off one row, and
// when a process dies its rows are sent again after the lease, one at a time: the one that killed it must not take the
// others along for ever. Each subscriber has slots of its own: a vendor that hangs fills those, and no message waits
// for money, nor money for messages.
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
    std::size_t in_flight = 32;  // of each subscriber
    std::chrono::seconds lease{60};
    std::chrono::milliseconds handler_limit{30'000};  // then it is cancelled; well under the lease
    int max_attempts = stuck_after;                   // then its subscription says what becomes of it
    // Of processes, in a row: then it is not tried again. A process that is killed every few seconds takes innocent
    // rows along three times in a row (two in a thousand rounds of the race for seats), though hardly five times.
    int max_deaths = 5;
    std::chrono::milliseconds poll{250};
    // From one turn to the next: what is sent or committed meanwhile shares the round trip and the commit of the next.
    std::chrono::milliseconds pace{10};
};

// 1 s after the first failure, then twice as long each time, at most 10 min.
std::chrono::seconds back_off(int failures);

class OutboxDispatcher {
public:
    OutboxDispatcher(boost::asio::any_io_executor executor, db::Database& database, const Clock& clock,
                     db::Subscriptions subscriptions, DispatcherOptions options = {});

    // Sends everything that is due, and what that makes due, until nothing is left. Answers how many were tried.
    Task<std::size_t> run_once();

    // Sends until stop(), then waits for what is under way. Outages of the database are waited out.
    Task<void> serve();
    void ring() { wakeup_.ring(); }  // something was committed; on this thread
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
    std::size_t in_flight_ = 0;         // of all
    std::vector<ClaimedMessage> sent_;  // and not marked yet: the next turn does
    bool suspect_in_flight_ = false;
    bool stopping_ = false;
};

}  // namespace safargo::jobs
