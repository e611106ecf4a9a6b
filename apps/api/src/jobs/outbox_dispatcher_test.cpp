#include "jobs/outbox_world_test.hpp"

namespace safargo::jobs {
namespace {

TEST_F(Outbox, SendsOnceAndDropsThePayload) {
    add_row("a", "hello");
    EXPECT_EQ(send(), 1U);
    EXPECT_EQ(sent_, Texts{"hello"});
    EXPECT_EQ(column("payload", "hello"), "");
    EXPECT_EQ(column("sent_at = '2026-12-01T08:00:00Z'", "hello"), "true");
    EXPECT_EQ(send(), 0U);
    EXPECT_EQ(sent_.size(), 1U);
}

TEST_F(Outbox, KeepsTheOrderOfEachKey) {
    for (int i = 0; i < 10; ++i) {
        add_row("a", "a" + std::to_string(i));
        add_row("b", "b" + std::to_string(i));
    }
    EXPECT_EQ(send(), 20U);
    Texts of_a, of_b;
    for (const auto& payload : sent_) (payload[0] == 'a' ? of_a : of_b).push_back(payload);
    EXPECT_TRUE(std::ranges::is_sorted(of_a));
    EXPECT_TRUE(std::ranges::is_sorted(of_b));
}

TEST_F(Outbox, WaitsUntilAMessageIsAvailable) {
    add_row("a", "later", "note", 60s);
    add_row("a", "behind it");
    EXPECT_EQ(send(), 0U);
    clock_.advance(60s);
    EXPECT_EQ(send(), 2U);
    EXPECT_EQ(sent_, (Texts{"later", "behind it"}));
}

TEST_F(Outbox, RetriesWithBackOffWhileOthersGoOn) {
    add_row("a", "bad");
    add_row("a", "behind it");
    add_row("b", "other");
    failures_["bad"] = 2;
    send();
    EXPECT_EQ(sent_, Texts{"other"});
    EXPECT_EQ(column("last_error", "bad"), "vendor is away");
    clock_.advance(1s - 1us);
    EXPECT_EQ(send(), 0U);
    clock_.advance(1us);
    EXPECT_EQ(send(), 1U);
    clock_.advance(2s - 1us);
    EXPECT_EQ(send(), 0U);
    clock_.advance(1us);
    EXPECT_EQ(send(), 2U);
    EXPECT_EQ(sent_, (Texts{"other", "bad", "behind it"}));
    EXPECT_EQ(column("attempts", "bad"), "3");
}

TEST_F(Outbox, RetriesAfterAnUnknownException) {
    add_row("a", "odd");
    add_row("b", "other");
    odd_.insert("odd");
    send();
    EXPECT_EQ(sent_, Texts{"other"});
    EXPECT_EQ(column("last_error", "odd"), "not a std::exception");
    odd_.clear();
    clock_.advance(1s);
    send();
    EXPECT_EQ(sent_, (Texts{"other", "odd"}));
}

TEST_F(Outbox, BuriesAMessageAfterTwelveFailuresAndContinues) {
    add_row("a", "hopeless");
    add_row("a", "behind it");
    failures_["hopeless"] = 1000;
    for (int i = 0; i < 12; ++i) {
        EXPECT_EQ(sent_.size(), 0U);
        send();
        clock_.advance(600s);
    }
    EXPECT_EQ(column("attempts", "hopeless"), "12");
    EXPECT_NE(column("dead_at", "hopeless"), "-");
    EXPECT_EQ(column("payload", "hopeless"), "hopeless");  // kept for inspection
    EXPECT_EQ(sent_, Texts{"behind it"});
    EXPECT_EQ(failures_["hopeless"], 1000 - 12);
}

TEST_F(Outbox, DropsASecretThatCannotBeSent) {
    add_row("a", "sealed code", "secret");
    failures_["sealed code"] = 1000;
    for (int i = 0; i < 12; ++i) {
        send();
        clock_.advance(600s);
    }
    EXPECT_NE(column("dead_at", "sealed code"), "-");
    EXPECT_EQ(column("payload", "sealed code"), "");
}

TEST_F(Outbox, DropsExpiredMessages) {
    add_row("a", "sealed code", "secret");
    add_row("a", "behind it", "secret");
    database_.execute("update outbox set expires_at = '2026-12-01T08:10:00Z' where payload = 'sealed code'");
    failures_["sealed code"] = 1000;
    send();
    clock_.advance(600s);
    EXPECT_EQ(send(), 2U);
    EXPECT_EQ(failures_["sealed code"], 999);  // not retried
    EXPECT_EQ(column("payload", "sealed code"), "");
    EXPECT_EQ(column("last_error", "sealed code"), "expired before it could be sent");
    EXPECT_EQ(sent_, Texts{"behind it"});
}

TEST_F(Outbox, NeverGivesUpPaymentsNorOvertakesThem) {
    add_row("a", "owed", "money");
    add_row("a", "behind it", "money");
    failures_["owed"] = 200;  // more than a day
    for (int i = 0; i < 200; ++i) {
        ASSERT_EQ(send(), 1U) << i;
        ASSERT_EQ(sent_.size(), 0U);
        clock_.advance(600s);
    }
    EXPECT_EQ(column("dead_at", "owed"), "-");
    EXPECT_EQ(send(), 2U);
    EXPECT_EQ(sent_, (Texts{"owed", "behind it"}));
}

TEST_F(Outbox, LeavesUnknownKindsAndLaterRows) {
    add_row("a", "from the future", "future.kind");
    add_row("a", "behind it");
    add_row("b", "other");
    EXPECT_EQ(send(), 1U);
    EXPECT_EQ(sent_, Texts{"other"});
    EXPECT_EQ(column("attempts", "from the future"), "0");
    EXPECT_EQ(column("dead_at", "from the future"), "-");
}

TEST_F(Outbox, SendsAgainAfterTheLeaseOfAProcessThatDied) {
    add_row("a", "claimed");
    add_row("a", "behind it");
    const auto claimed = claim_all("note");
    ASSERT_EQ(claimed.size(), 1U);  // then its process dies
    clock_.advance(60s - 1us);
    EXPECT_EQ(send(), 0U);
    clock_.advance(1us);
    EXPECT_EQ(send(), 2U);
    EXPECT_EQ(sent_, (Texts{"claimed", "behind it"}));
}

TEST_F(Outbox, DoesNotMarkRowsClaimedByAnother) {
    add_row("a", "slow");
    const OutboxRows rows;
    const auto first = claim_all("note");
    clock_.advance(61s);
    const auto second = claim_all("note");
    ASSERT_EQ(second.size(), 1U);
    testing::run(rows.mark_sent(database_.db(), first, clock_.now()));
    testing::run(rows.bury(database_.db(), first[0], clock_.now(), "late", false));
    testing::run(rows.retry_at(database_.db(), first[0], clock_.now(), "late"));
    EXPECT_EQ(column("sent_at", "slow") + column("dead_at", "slow") + column("last_error", "slow"), "---");
    testing::run(rows.mark_sent(database_.db(), second, clock_.now()));
    EXPECT_NE(column("sent_at", "slow"), "-");
}

TEST_F(Outbox, RespectsItsConcurrencyLimit) {
    slowness_ = 5ms;
    for (int i = 0; i < 12; ++i) add_row("key " + std::to_string(i), std::to_string(i));
    auto narrow = dispatcher({.in_flight = 3});
    EXPECT_EQ(testing::run(narrow.run_once()), 12U);
    EXPECT_EQ(most_running_, 3);
}

TEST_F(Outbox, CancelsAHandlerThatTakesTooLong) {
    add_row("a", "stuck");
    stuck_ = {"stuck"};
    auto hasty = dispatcher({.handler_limit = 20ms});
    EXPECT_EQ(testing::run(hasty.run_once()), 1U);
    EXPECT_EQ(column("last_error", "stuck"), "took too long");
    EXPECT_EQ(running_, 0);
}

TEST_F(Outbox, TwoDispatchersDoNotSendTwice) {
    slowness_ = 1ms;
    for (int i = 0; i < 60; ++i) add_row("key " + std::to_string(i % 7), std::to_string(100 + i));
    OutboxDispatcher first = dispatcher({.in_flight = 3});
    OutboxDispatcher second = dispatcher({.in_flight = 3});
    std::vector<Task<void>> both;
    std::optional<std::size_t> a, b;
    both.push_back(testing::keep_answer(first.run_once(), a));
    both.push_back(testing::keep_answer(second.run_once(), b));
    testing::run_all(std::move(both));
    EXPECT_EQ(*a + *b, 60U);
    EXPECT_GT(*a, 0U);
    EXPECT_GT(*b, 0U);
    ASSERT_EQ(sent_.size(), 60U);
    EXPECT_EQ(std::set(sent_.begin(), sent_.end()).size(), 60U);
    for (int key = 0; key < 7; ++key) {
        Texts of_key;
        for (const auto& payload : sent_) {
            if ((std::stoi(payload) - 100) % 7 == key) of_key.push_back(payload);
        }
        EXPECT_TRUE(std::ranges::is_sorted(of_key)) << key;
    }
}

// Stops the dispatcher while it is sending.
class StoppedOutbox : public Outbox {
protected:
    Task<void> put_and_stop() {
        co_await database_.db().transact<Nothing>(
            [this](db::Transaction& tx) { return write_row(tx, {"a", "note", "one"}, 0s); });
        own_.ring();
        co_await wait_until([this] { return running_ > 0; });
        own_.stop();
    }
};

TEST_F(StoppedOutbox, ServesUntilStoppedAndWaitsForSendsInProgress) {
    slowness_ = 20ms;
    std::vector<Task<void>> tasks;
    tasks.push_back(own_.serve());
    tasks.push_back(put_and_stop());
    testing::run_all(std::move(tasks));
    EXPECT_EQ(sent_, Texts{"one"});
    EXPECT_NE(column("sent_at", "one"), "-");
}

TEST(BackOff, DoublesUpToTenMinutes) {
    EXPECT_EQ(back_off(0), 1s);
    EXPECT_EQ(back_off(1), 1s);
    EXPECT_EQ(back_off(2), 2s);
    EXPECT_EQ(back_off(5), 16s);
    EXPECT_EQ(back_off(10), 512s);
    EXPECT_EQ(back_off(11), 600s);
    EXPECT_EQ(back_off(1000), 600s);
}

}  // namespace
}  // namespace safargo::jobs
