// For tests of the outbox: rows, a dispatcher with scripted handlers, and a record of what they received.
#pragma once

#include "jobs/outbox_dispatcher.hpp"
#include "testing/test_database.hpp"

#include <gtest/gtest.h>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

namespace safargo::jobs {

using namespace std::chrono_literals;
using Texts = std::vector<std::string>;

class Outbox : public ::testing::Test {
protected:
    void add_row(const std::string& key, const std::string& payload, const std::string& kind = "note",
                 std::chrono::seconds later = 0s) {
        EXPECT_TRUE(testing::run(database_.db().transact<Nothing>(
            [=, this](db::Transaction& tx) { return write_row(tx, {key, kind, payload}, later); })));
    }
    OutboxDispatcher dispatcher(DispatcherOptions options = {}) {
        return {executor(),
                database_.db(),
                clock_,
                {{"test.notes", {{"note", taking()}}},
                 {"test.secrets", {{"secret", taking()}}, db::GivingUp::forgets},
                 {"test.money", {{"money", taking()}}, db::GivingUp::never}},
                options};
    }
    db::OutboxHandler taking() {
        return [this](db::OutboxMessage message) { return take(std::move(message)); };
    }
    std::vector<ClaimedMessage> claim_all(const std::string& kind) {
        const Claim wanted{.rooms = {{{kind}, 8}}, .now = clock_.now(), .leased_until = clock_.now() + 60s};
        return testing::run(OutboxRows{}.claim(database_.db(), wanted));
    }
    std::size_t send() { return testing::run(own_.run_once()); }
    std::string column(const std::string& what, const std::string& payload_was) {
        const std::string sql = "select coalesce((" + what + ")::text, '-') from outbox where id = $1";
        const db::Statement statement{"test_outbox", sql};
        return testing::run(database_.db().query(statement, ids_.at(payload_was)))[0].get<std::string>(0);
    }
    boost::asio::any_io_executor executor() { return context_->get_executor(); }

    std::shared_ptr<boost::asio::io_context> context_ = testing::shared_context();
    testing::TestDatabase database_;
    FakeClock clock_{parse_instant("2026-12-01T08:00:00Z").value()};
    Texts sent_;
    std::map<std::string, std::int64_t> ids_;
    std::map<std::string, int> failures_;  // remaining failures per payload
    std::set<std::string> stuck_;          // payloads whose handler never returns
    std::set<std::string> odd_;            // payloads whose handler throws a non-exception
    std::chrono::milliseconds slowness_{0};
    int running_ = 0, most_running_ = 0;
    OutboxDispatcher own_ = dispatcher();

    // Like db::publish, but also for undeclared kinds.
    Task<Result<Nothing>> write_row(db::Transaction& tx, db::OutboxMessage message, std::chrono::seconds later);
    Task<void> take(db::OutboxMessage message);
    // Runs the other coroutines until `done`.
    template <class Done>
    Task<void> wait_until(Done done) {
        boost::asio::steady_timer timer(executor());
        while (!done()) {
            timer.expires_after(std::chrono::milliseconds{1});
            co_await timer.async_wait(boost::asio::use_awaitable);
        }
    }
};

inline Task<Result<Nothing>> Outbox::write_row(db::Transaction& tx, db::OutboxMessage message,
                                               std::chrono::seconds later) {
    static constexpr db::Statement insert{"test_insert", R"(
        insert into outbox (ordering_key, kind, payload, created_at, available_at)
        values ($1, $2, $3, $4, $5) returning id)"};
    const Instant now = clock_.now();
    const db::Rows rows =
        co_await tx.query(insert, message.ordering_key, message.kind, message.payload, now, now + later);
    ids_[message.payload] = rows[0].get<std::int64_t>(0);
    co_return Nothing{};
}

inline Task<void> Outbox::take(db::OutboxMessage message) {
    struct Running {
        explicit Running(int& count) : count_(count) { ++count_; }
        ~Running() { --count_; }
        int& count_;
    } running{running_};
    most_running_ = std::max(most_running_, running_);
    boost::asio::steady_timer timer(executor(), stuck_.contains(message.payload) ? 1h : slowness_);
    co_await timer.async_wait(boost::asio::use_awaitable);
    if (odd_.contains(message.payload)) throw 42;
    if (failures_[message.payload] > 0) {
        --failures_[message.payload];
        throw std::runtime_error("vendor is away");
    }
    sent_.push_back(message.payload);
}

}  // namespace safargo::jobs
