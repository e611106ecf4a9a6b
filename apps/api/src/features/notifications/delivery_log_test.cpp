#include "features/notifications/delivery_log.hpp"

#include "core/enum_names.hpp"
#include "testing/test_database.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

namespace safargo::notifications {
namespace {

using namespace std::chrono_literals;
using enum Receipt::Outcome;
using testing::run;

class DeliveryLogTest : public ::testing::Test {
protected:
    DeliveryLog::Standing depart(std::string key, std::vector<std::string> pseudonyms = {"amel"},
                                 Channel channel = Channel::sms) {
        return run(log.depart(
            {.key = std::move(key), .channel = channel, .pseudonyms = std::move(pseudonyms), .template_name = "otp"}));
    }
    bool record(const std::string& key, Receipt::Outcome outcome, std::string id = "", std::string reason = "") {
        return run(log.record(key, Channel::sms, {outcome, std::move(id), std::move(reason)}));
    }
    std::string shown(const std::string& sql) {
        const db::Statement statement{"test_shown", sql};
        const db::Rows rows = run(database.db().query(statement));
        return rows.empty() ? "" : rows[0].get<std::string>(0);
    }
    std::string row(const std::string& key) {
        return shown(
            "select concat_ws(' ', state, nullif(provider_id, ''), nullif(reason, '')) from message_deliveries "
            "where key = '" +
            key + "'");
    }

    testing::TestDatabase database;
    FakeClock clock{parse_instant("2026-12-01T08:00:00Z").value()};
    DeliveryLog log{database.db(), clock};
};

TEST_F(DeliveryLogTest, AMessageIsEnteredBeforeItLeaves) {
    EXPECT_FALSE(depart("outbox:1").known);
    EXPECT_EQ(row("outbox:1"), "sending");
    EXPECT_FALSE(depart("outbox:1").known) << "an attempt without an answer";
    EXPECT_EQ(shown("select count(*)::text from message_deliveries"), "1");
}

TEST_F(DeliveryLogTest, AnAnswerMakesItKnown) {
    depart("outbox:1");
    EXPECT_TRUE(record("outbox:1", accepted, "SM1"));
    EXPECT_EQ(row("outbox:1"), "accepted SM1");
    EXPECT_TRUE(depart("outbox:1").known);
    EXPECT_TRUE(record("outbox:1", rejected, "SM1", "30003"));
    EXPECT_EQ(row("outbox:1"), "rejected SM1 30003");
}

// Every order in which two outcomes may come, and each of them twice.
TEST_F(DeliveryLogTest, AMessageNeverMovesBack) {
    const auto rank = [](Receipt::Outcome outcome) { return outcome == accepted ? 1 : outcome == delivered ? 2 : 3; };
    int number = 0;
    for (const Receipt::Outcome first : {accepted, delivered, unknown_recipient, unsubscribed, rejected}) {
        for (const Receipt::Outcome second : {accepted, delivered, unknown_recipient, unsubscribed, rejected}) {
            const std::string key = "outbox:" + std::to_string(++number);
            depart(key);
            EXPECT_TRUE(record(key, first));
            EXPECT_FALSE(record(key, first)) << "twice";
            EXPECT_EQ(record(key, second), rank(second) > rank(first)) << key;
            EXPECT_EQ(row(key), enum_name(rank(second) > rank(first) ? second : first));
        }
    }
}

TEST_F(DeliveryLogTest, NothingIsRecordedOfWhatIsNotOurs) {
    EXPECT_FALSE(record("outbox:99", delivered, "SM1"));
    EXPECT_EQ(shown("select count(*)::text from message_deliveries"), "0");
    depart("outbox:1");
    record("outbox:1", accepted, "SM1");
    EXPECT_FALSE(record("outbox:1", delivered, "SM2")) << "another message of the vendor";
    EXPECT_FALSE(run(log.record("outbox:1", Channel::email, {delivered, "SM1"}))) << "another vendor";
    EXPECT_EQ(row("outbox:1"), "accepted SM1");
    EXPECT_TRUE(record("outbox:1", delivered));
    EXPECT_EQ(row("outbox:1"), "delivered SM1");
}

TEST_F(DeliveryLogTest, AReportMayOvertakeTheAnswer) {
    depart("outbox:1");
    EXPECT_TRUE(record("outbox:1", delivered, "SM1"));
    EXPECT_FALSE(record("outbox:1", accepted, "SM1"));
    EXPECT_EQ(row("outbox:1"), "delivered SM1");
}

TEST_F(DeliveryLogTest, ARefusalForGoodClosesTheAddressOnItsChannel) {
    for (const Receipt::Outcome outcome : {unknown_recipient, unsubscribed}) {
        const std::string name(enum_name(outcome));
        depart(name, {name});
        record(name, outcome);
        EXPECT_TRUE(depart(name + " next", {name}).closed);
        EXPECT_FALSE(depart(name + " mail", {name}, Channel::email).closed);
        EXPECT_FALSE(depart(name + " other", {"somebody"}).closed);
        EXPECT_TRUE(depart(name + " rotated", {"fresh", name}).closed) << "while the secret rotates";
    }
    depart("outbox:1", {"far away"});
    record("outbox:1", rejected, "SM1", "30003");
    EXPECT_FALSE(depart("outbox:2", {"far away"}).closed);
}

TEST_F(DeliveryLogTest, AMessageThatArrivesOpensItAgain) {
    depart("outbox:1");
    record("outbox:1", unsubscribed);
    clock.advance(1min);
    depart("outbox:2");
    record("outbox:2", accepted);
    EXPECT_TRUE(depart("outbox:3").closed);
    record("outbox:2", delivered);
    EXPECT_FALSE(depart("outbox:4").closed);
}

TEST_F(DeliveryLogTest, LateNewsOfAnEarlierMessageDoesNotOpenIt) {
    depart("outbox:1");
    clock.advance(1min);
    depart("outbox:2");
    record("outbox:2", unsubscribed);
    record("outbox:1", delivered);
    EXPECT_TRUE(depart("outbox:3").closed);
}

TEST_F(DeliveryLogTest, WhatIsWithheldStaysThere) {
    depart("outbox:1");
    run(log.withhold("outbox:1", "closed"));
    EXPECT_EQ(row("outbox:1"), "withheld closed");
    EXPECT_TRUE(depart("outbox:1").known);
    EXPECT_FALSE(record("outbox:1", delivered));
    depart("outbox:2");
    record("outbox:2", accepted);
    run(log.withhold("outbox:2", "closed"));
    EXPECT_EQ(row("outbox:2"), "accepted");
}

TEST_F(DeliveryLogTest, OldRowsArePruned) {
    depart("outbox:1");
    record("outbox:1", unsubscribed);
    clock.advance(1h);
    depart("outbox:2", {"somebody"});
    record("outbox:2", unsubscribed);
    for (const platform::PruningRule& rule : delivery_pruning_rules())
        run(database.db().query(rule.statement, clock.now() - 30min, std::int64_t{100}));
    EXPECT_EQ(shown("select string_agg(key, ' ') from message_deliveries"), "outbox:2");
    EXPECT_EQ(shown("select string_agg(recipient, ' ') from closed_addresses"), "somebody");
}

}  // namespace
}  // namespace safargo::notifications
