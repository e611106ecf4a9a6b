// For tests of several subscribers: what each received, and which ones fail. Each `send` is a process of its own that
// starts, sends what is due and ends.
#pragma once

#include "jobs/outbox_world_test.hpp"

namespace safargo::jobs {

class FanOutWorld : public Outbox {
protected:
    db::Subscription listener(const std::string& name, const Texts& kinds = {"fact"},
                              db::GivingUp giving_up = db::GivingUp::keeps) {
        db::Subscription subscription{name, {}, giving_up};
        for (const std::string& kind : kinds) {
            subscription.handlings.push_back(
                {kind, [this, name](db::OutboxMessage message) { return hear(name, std::move(message)); }});
        }
        return subscription;
    }
    std::size_t send(db::Subscriptions subscriptions) {
        OutboxDispatcher process{executor(), database_.db(), clock_, std::move(subscriptions)};
        return testing::run(process.run_once());
    }
    void start(const db::Subscriptions& subscriptions) {
        FanOut fan_out(subscriptions, {});
        testing::run(fan_out.refresh_subscriptions(database_.db(), clock_.now()));
    }
    std::size_t send_both() { return send({listener("test.first"), listener("test.second")}); }
    Task<void> hear(std::string who, db::OutboxMessage message) {
        if (failing_.contains(who)) throw std::runtime_error(who + " is away");
        messages_[who].push_back(message);
        heard_[who].push_back(message.payload);
        co_return;
    }
    // `what` of all rows of one subscriber, oldest first.
    std::string deliveries(const std::string& who, const std::string& what) {
        const std::string sql = "select coalesce(string_agg(coalesce((" + what +
                                ")::text, '-'), ' ' order by id), 'none') from outbox where kind like '%>' || $1";
        const db::Statement statement{"test_deliveries", sql};
        return testing::run(database_.db().query(statement, who))[0].get<std::string>(0);
    }

    std::map<std::string, Texts> heard_;
    std::map<std::string, std::vector<db::OutboxMessage>> messages_;
    std::set<std::string> failing_;
};

}  // namespace safargo::jobs
