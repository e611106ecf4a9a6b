// Sent rows are marked many at once, without waiting for each other.
#include "core/failures.hpp"
#include "jobs/outbox_world_test.hpp"

namespace safargo::jobs {
namespace {

class OutboxMarking : public Outbox {
protected:
    // A separate pool that counts statements and times out quickly.
    db::Options counting() {
        db::Options options = database_.options();
        options.statement_timeout = 300ms;
        options.on_statement = [this](std::string_view name, std::chrono::nanoseconds, bool ok) {
            if (ok) ++statements_[std::string(name)];
        };
        return options;
    }
    // Sends, then locks the row of `message` as an operator might.
    Task<void> take_and_hold(db::OutboxMessage message) {
        static constexpr db::Statement hold{"test_hold", "select from outbox where id = $1 for update"};
        if (message.payload == "held" && !holder_) {
            holder_.emplace(co_await database_.db().begin());
            co_await holder_->query(hold, message.id);
        }
        sent_.push_back(message.payload);
    }

    std::map<std::string, int> statements_;
    std::optional<db::Transaction> holder_;
};

TEST_F(OutboxMarking, IsOneStatementForAllRowsSentMeanwhile) {
    for (int i = 0; i < 20; ++i) add_row("key " + std::to_string(i), std::to_string(i));
    db::Database database(executor(), counting());
    OutboxDispatcher dispatcher{executor(), database, clock_, {{"test.notes", {{"note", taking()}}}}};
    EXPECT_EQ(testing::run(dispatcher.run_once()), 20U);
    EXPECT_EQ(sent_.size(), 20U);
    EXPECT_LE(statements_["outbox_sent"], 4);
    EXPECT_EQ(column("sent_at is not null", "19"), "true");
}

TEST_F(OutboxMarking, ALockedRowDelaysNoOther) {
    add_row("a", "held");
    add_row("b", "other");
    add_row("b", "behind it");
    db::Database database(executor(), counting());
    OutboxDispatcher dispatcher{executor(), database, clock_, {{"test.notes", {{"note", [this](db::OutboxMessage m) {
                                                                                    return take_and_hold(std::move(m));
                                                                                }}}}}};
    EXPECT_THROW(testing::run(dispatcher.run_once()), DeadlineExceeded);
    testing::run(dispatcher.run_once());
    EXPECT_EQ(std::set(sent_.begin(), sent_.end()), (std::set<std::string>{"held", "other", "behind it"}));
    EXPECT_EQ(sent_.size(), 3U);
    EXPECT_EQ(column("sent_at is not null", "other"), "true");
    EXPECT_EQ(column("sent_at is not null", "behind it"), "true");
    EXPECT_EQ(column("sent_at", "held"), "-");
    testing::run(holder_->rollback());
    clock_.advance(60s);
    testing::run(dispatcher.run_once());
    EXPECT_EQ(sent_.size(), 4U) << "at least once";
    EXPECT_EQ(column("sent_at is not null", "held"), "true");
}

}  // namespace
}  // namespace safargo::jobs
