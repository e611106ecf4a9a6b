// What the log keeps of messages that the outbox delivers, whatever becomes of them.
#include "core/failures.hpp"
#include "features/notifications/service.hpp"
#include "testing/test_database.hpp"

#include <gtest/gtest.h>

namespace safargo::notifications {
namespace {

using enum Receipt::Outcome;
using testing::run;

struct Vendor final : Messenger {
    Task<Receipt> deliver(Delivery delivery) override {
        sent.push_back(std::move(delivery));
        if (!answers) throw DependencyUnavailable("vendor", "no answer");
        co_return receipt;
    }
    std::vector<Delivery> sent;
    Receipt receipt{.provider_id = "M1"};
    bool answers = true;
};

class RecordedDeliveryTest : public ::testing::Test {
protected:
    void send(bool urgent) {
        Notification notification{.to = "+213550000001", .template_name = "otp", .parameters = {"482913", "10"}};
        if (urgent) notification.expires_at = clock.now();
        EXPECT_TRUE(
            run(database.db().transact<Nothing>([&](db::Transaction& tx) { return send_in(tx, notification); })));
    }
    Task<Result<Nothing>> send_in(db::Transaction& tx, Notification notification) {
        co_await notifications.send(tx, std::move(notification), clock.now());
        co_return Nothing{};
    }
    // The newest message of the outbox, as the dispatcher hands it over.
    void deliver(std::int64_t id, int attempts = 0) {
        const db::Statement newest{"test_newest", "select payload, expires_at from outbox order by id desc limit 1"};
        const db::Rows rows = run(database.db().query(newest));
        run(notifications.subscription().handlings[0].handler({.payload = rows[0].get<std::string>(0),
                                                               .id = id,
                                                               .attempts = attempts,
                                                               .expires_at = rows[0].get<std::optional<Instant>>(1)}));
    }
    void send_and_deliver(std::int64_t id, bool urgent = false) {
        send(urgent);
        deliver(id);
    }
    std::string log_rows() {
        const db::Statement all{"test_log", R"(
            select coalesce(string_agg(concat_ws(' ', key, state, provider_id), ', ' order by key), '')
            from message_deliveries)"};
        return run(database.db().query(all))[0].get<std::string>(0);
    }

    testing::TestDatabase database;
    FakeClock clock{parse_instant("2026-12-01T08:00:00Z").value()};
    DeliveryLog log{database.db(), clock};
    Vendor vendor;
    Notifications notifications{
        {.sms = &vendor}, "a secret of at least thirty-two bytes", {}, Records{log, database.db(), clock}};
};

TEST_F(RecordedDeliveryTest, KeepsTheVendorsIdAndNobodysNumber) {
    send_and_deliver(7);
    EXPECT_EQ(log_rows(), "outbox:7 accepted M1");
    const db::Statement number{"test_number",
                               "select count(*) from message_deliveries d where d::text like '%550000001%'"};
    EXPECT_EQ(run(database.db().query(number))[0].get<std::int64_t>(0), 0);
}

TEST_F(RecordedDeliveryTest, AnAttemptWithoutAnAnswerIsMadeAgain) {
    vendor.answers = false;
    send(false);
    EXPECT_THROW(deliver(7), DependencyUnavailable);
    EXPECT_EQ(log_rows(), "outbox:7 sending ");
    vendor.answers = true;
    deliver(7, 1);
    EXPECT_EQ(log_rows(), "outbox:7 accepted M1");
    ASSERT_EQ(vendor.sent.size(), 2U);
    EXPECT_TRUE(vendor.sent[1].tried_before);
}

// The process died between the vendor's answer and the outbox's mark.
TEST_F(RecordedDeliveryTest, WhatTheVendorHasIsNotHandedOverAgain) {
    send_and_deliver(7);
    deliver(7, 1);
    EXPECT_EQ(vendor.sent.size(), 1U);
}

TEST_F(RecordedDeliveryTest, AClosedAddressGetsNothingButCodes) {
    vendor.receipt = {.outcome = unsubscribed, .reason = "21610"};
    send_and_deliver(1);
    vendor.receipt = {.provider_id = "M2"};
    send_and_deliver(2);
    EXPECT_EQ(vendor.sent.size(), 1U);
    send_and_deliver(3, true);
    EXPECT_EQ(vendor.sent.size(), 2U);
    EXPECT_EQ(log_rows(), "outbox:1 unsubscribed , outbox:2 withheld , outbox:3 accepted M2");
}

TEST_F(RecordedDeliveryTest, ACodeThatArrivesOpensIt) {
    vendor.receipt = {.outcome = unknown_recipient};
    send_and_deliver(1);
    vendor.receipt = {.outcome = delivered};
    send_and_deliver(2, true);
    send_and_deliver(3);
    EXPECT_EQ(vendor.sent.size(), 3U);
}

}  // namespace
}  // namespace safargo::notifications
