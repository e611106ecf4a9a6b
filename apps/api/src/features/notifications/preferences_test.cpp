// Which messages people want: what they say, and what then leaves.
#include "features/notifications/preferences.hpp"

#include "features/notifications/personal_data.hpp"
#include "features/notifications/service.hpp"
#include "features/notifications/templates.hpp"
#include "testing/test_database.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace safargo::notifications {
namespace {

using testing::run;

struct Vendor final : Messenger {
    Task<Receipt> deliver(Delivery delivery) override {
        sent.push_back(delivery.template_name);
        co_return Receipt{.provider_id = "M1"};
    }
    std::vector<std::string> sent;
};

class PreferencesTest : public ::testing::Test {
protected:
    PreferencesTest() {
        amel.id = UserId::make(clock.now());
        database.execute("insert into users (id, phone, name, created_at) values ('" + amel.id.str() +
                         "', '+213550000001', 'Amel', now())");
    }

    Result<MessageChoices> change(std::vector<MessageSwitch> switches) {
        const ChangeMessages wanted{.switches = {contract::List<MessageSwitch, 0, 50>{std::move(switches)}}};
        return run(database.db().transact<MessageChoices>(
            [&](db::Transaction& tx) { return preferences.change(tx, amel, wanted); }));
    }
    bool by_sms(MessageKind kind) {
        const auto shown = run(preferences.show(amel)).value();
        return std::ranges::find(shown.kinds, kind, &KindChoice::kind)->sms;
    }
    // As the outbox does, with an id per message.
    void send(const std::string& to, const std::string& template_name, std::vector<std::string> parameters) {
        const Notification letter{.to = to,
                                  .template_name = template_name,
                                  .parameters = std::move(parameters),
                                  .reader = Notification::Reader{amel.id, {amel.id.value}}};
        ASSERT_TRUE(run(database.db().transact<Nothing>([&](db::Transaction& tx) { return write(tx, letter); })));
        const db::Statement newest{"test_newest", "select payload, id from outbox order by id desc limit 1"};
        const db::Rows rows = run(database.db().query(newest));
        run(notifications.subscription().handlings[0].handler(
            {.payload = rows[0].get<std::string>(0), .id = rows[0].get<std::int64_t>(1)}));
    }
    Task<Result<Nothing>> write(db::Transaction& tx, Notification letter) {
        co_await notifications.send(tx, std::move(letter), clock.now());
        co_return Nothing{};
    }
    Task<Result<Nothing>> forget(db::Transaction& tx) {
        co_await personal_data().forget(tx, amel.id, clock.now());
        co_return Nothing{};
    }
    std::string read(const std::string& sql) {
        const db::Statement statement{"test_read", sql};
        return run(database.db().query(statement))[0].get<std::string>(0);
    }

    testing::TestDatabase database;
    FakeClock clock{parse_instant("2026-12-01T08:00:00Z").value()};
    Caller amel;
    Preferences preferences{database.db(), clock};
    DeliveryLog log{database.db(), clock};
    Vendor sms, mail;
    Notifications notifications{
        {.sms = &sms, .email = &mail}, "a secret of at least thirty-two bytes", {}, Records{log, database.db(), clock}};
};

using enum MessageKind;

TEST_F(PreferencesTest, WhoeverHasChosenNothingGetsAll) {
    const auto shown = run(preferences.show(amel)).value();
    EXPECT_EQ(shown.kinds.size(), 7U);
    for (const KindChoice& each : shown.kinds) EXPECT_TRUE(each.sms && each.email);
}

TEST_F(PreferencesTest, OneSwitchLeavesTheOthersAsTheyAre) {
    ASSERT_TRUE(change({{bookings, Channel::sms, false}}));
    ASSERT_TRUE(change({{documents, Channel::sms, false}, {reminders, Channel::email, false}}));
    EXPECT_FALSE(by_sms(bookings));
    EXPECT_FALSE(by_sms(documents));
    EXPECT_TRUE(by_sms(reminders));
    ASSERT_TRUE(change({{bookings, Channel::sms, true}}));
    EXPECT_TRUE(by_sms(bookings));
    EXPECT_FALSE(by_sms(documents));
    ASSERT_TRUE(change({}));
    EXPECT_FALSE(by_sms(documents));
}

TEST_F(PreferencesTest, WhatMustBeKnownCannotBeSwitchedOff) {
    for (const MessageKind kind : {codes, deadlines, ride_changes, money}) {
        const auto refused = change({{bookings, Channel::sms, false}, {kind, Channel::email, false}});
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().fields, (std::vector<FieldError>{{"switches[1].on", {Rule::always_sent}}}));
        EXPECT_TRUE(change({{kind, Channel::email, true}}));
    }
    EXPECT_TRUE(by_sms(bookings)) << "a refused change changes nothing";
}

TEST_F(PreferencesTest, ASwitchIsTurnedOnceInAChange) {
    const auto refused = change({{bookings, Channel::sms, false}, {bookings, Channel::sms, true}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().fields, (std::vector<FieldError>{{"switches[1]", {Rule::duplicate_value}}}));
}

// An older version runs beside a newer one, or takes over from it.
TEST_F(PreferencesTest, WordsOfANewerVersionStay) {
    ASSERT_TRUE(change({{bookings, Channel::sms, false}}));
    database.execute("update message_choices set switched_off = switched_off || '{gossip.pigeon}'");
    ASSERT_TRUE(change({{bookings, Channel::sms, true}}));
    EXPECT_EQ(read("select switched_off::text from message_choices"), "{gossip.pigeon}");
}

TEST_F(PreferencesTest, WhatIsSwitchedOffDoesNotLeaveAndIsRecorded) {
    ASSERT_TRUE(change({{bookings, Channel::sms, false}}));
    send("+213550000001", "booking_confirmed", {"way", "day"});
    send("+213550000001", "booking_requested", {"way", "day"});
    send("amel@example.dz", "booking_confirmed", {"way", "day"});
    EXPECT_EQ(sms.sent, std::vector<std::string>{"booking_requested"});
    EXPECT_EQ(mail.sent, std::vector<std::string>{"booking_confirmed"}) << "the other channel is on";
    EXPECT_EQ(read("select string_agg(state || ' ' || reason, ',' order by key) from message_deliveries"),
              "withheld switched_off,accepted ,accepted ");
}

TEST_F(PreferencesTest, AWordThatIsStoredStopsNothingThatIsAlwaysSent) {
    ASSERT_TRUE(change({{bookings, Channel::sms, false}}));
    database.execute("update message_choices set switched_off = '{deadlines.sms}'");
    send("+213550000001", "booking_requested", {"way", "day"});
    EXPECT_EQ(sms.sent.size(), 1U);
    EXPECT_TRUE(by_sms(deadlines));
}

TEST_F(PreferencesTest, GoWithTheAccount) {
    ASSERT_TRUE(change({{bookings, Channel::sms, false}}));
    const db::Statement exported{"test_export", personal_data().exported[0].sql};
    EXPECT_NE(run(database.db().query(exported, amel.id))[0].get<std::string>(0).find("bookings.sms"),
              std::string::npos);
    database.execute("update users set status = 'deleted'");
    ASSERT_TRUE(run(database.db().transact<Nothing>([&](db::Transaction& tx) { return forget(tx); })));
    EXPECT_EQ(read("select count(*)::text from message_choices"), "0");
    const auto late = change({{bookings, Channel::sms, false}});
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, Code::not_found);
    EXPECT_EQ(read("select count(*)::text from message_choices"), "0");
}

TEST(MessageKinds, SayWhatCannotBeMissed) {
    EXPECT_EQ(template_of("otp").kind, codes);
    EXPECT_EQ(template_of("booking_accepted").kind, deadlines);
    EXPECT_EQ(template_of("booking_cancelled_by_driver").kind, ride_changes);
    EXPECT_EQ(template_of("dispute_resolved").kind, money);
    EXPECT_EQ(template_of("booking_confirmed").kind, bookings);
    EXPECT_EQ(template_of("kyc_rejected").kind, documents);
    EXPECT_EQ(template_of("kyc_expires_soon").kind, reminders);
}

}  // namespace
}  // namespace safargo::notifications
