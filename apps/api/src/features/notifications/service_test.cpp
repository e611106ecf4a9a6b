#include "features/notifications/service.hpp"

#include "core/failures.hpp"
#include "features/live/live_events_test.hpp"
#include "testing/test_database.hpp"

#include <gtest/gtest.h>

namespace safargo::notifications {
namespace {

struct Mailbox final : Messenger {
    Task<Receipt> deliver(Delivery delivery) override {
        letters.push_back(std::move(delivery));
        if (!answers) throw DependencyUnavailable("mailbox", "no answer");
        co_return receipt;
    }
    std::vector<Delivery> letters;
    Receipt receipt{.provider_id = "M1"};
    bool answers = true;
};

class NotificationsTest : public ::testing::Test {
protected:
    void send(Notification notification) { send_by(notifications, std::move(notification)); }
    void send_by(Notifications& replica, Notification notification) {
        testing::run(
            database.db().transact<Nothing>([&](db::Transaction& tx) { return send_in(tx, replica, notification); }));
    }
    Task<Result<Nothing>> send_in(db::Transaction& tx, Notifications& replica, Notification notification) {
        co_await replica.send(tx, std::move(notification), now);
        co_return Nothing{};
    }
    std::string rows(const std::string& what) {
        const std::string sql = "select coalesce(string_agg(" + what + ", ' ' order by id), '') from outbox";
        const db::Statement statement{"test_rows", sql};
        return testing::run(database.db().query(statement))[0].get<std::string>(0);
    }
    static Notification declined(std::string to, std::int64_t event) {
        return {.to = std::move(to), .template_name = "booking_declined", .parameters = {"Oran"}, .event = event};
    }

    testing::TestDatabase database;
    Mailbox mailbox;
    static constexpr auto secret = "a secret of at least thirty-two bytes";
    static constexpr auto fresh = "the next secret, of at least 32 bytes";
    const Messengers both{.sms = &mailbox, .email = &mailbox};
    Notifications notifications{both, secret};
    Notifications during{both, {fresh, secret}};
    Notifications other_replica{both, {secret, fresh}};
    Notifications after{both, fresh};
    Instant now = parse_instant("2026-12-01T08:00:00Z").value();
};

TEST_F(NotificationsTest, AreToldToTheOpenPagesOfTheirReader) {
    const UserId reader = UserId::make(now), other = UserId::make(now);
    const BookingId booking = BookingId::make(now);
    Notification letter = declined("+213550000001", 7);
    send(letter);
    EXPECT_EQ(live::test::count_told(database.db()), 0) << "an identifier alone names no account";
    letter.event = 8;
    letter.reader = Notification::Reader{reader, {booking.value}};
    send(letter);
    EXPECT_EQ(live::test::live_events_of(database.db(), reader, booking.value),
              std::vector<std::string>{"notification booking_declined"});
    EXPECT_TRUE(live::test::live_events_of(database.db(), other).empty());
}

TEST_F(NotificationsTest, WaitSealedAndAreDelivered) {
    send({.to = "+213550000001", .template_name = "otp", .parameters = {"482913", "10"}});
    EXPECT_EQ(rows("payload").find("482913"), std::string::npos);
    const db::Subscription subscription = notifications.subscription();
    testing::run(subscription.handlings[0].handler({.payload = rows("payload"), .id = 7}));
    ASSERT_EQ(mailbox.letters.size(), 1U);
    EXPECT_NE(mailbox.letters[0].text.find("482913"), std::string::npos);
    EXPECT_EQ(mailbox.letters[0].key, "outbox:7");
    EXPECT_EQ(mailbox.letters[0].written_at, now);
    EXPECT_EQ(subscription.giving_up, db::GivingUp::forgets);  // a code must not stay in a dead row
}

TEST_F(NotificationsTest, OfOneEventAreSentOnceToEach) {
    send(declined("+213550000001", 1));
    send(declined("+213550000001", 1));
    EXPECT_EQ(rows("kind"), "notification.deliver");
    send(declined("+213550000002", 1));
    send(declined("+213550000001", 2));
    EXPECT_EQ(rows("kind"), "notification.deliver notification.deliver notification.deliver");
}

TEST_F(NotificationsTest, WithoutAnEventAreAllSent) {
    for (int i = 0; i < 2; ++i) send({.to = "a@example.dz", .template_name = "otp", .parameters = {"1", "10"}});
    EXPECT_EQ(rows("kind"), "notification.deliver notification.deliver");
}

TEST_F(NotificationsTest, KeepTheirExpiry) {
    send({.to = "a@example.dz", .template_name = "otp", .parameters = {"1", "10"}, .expires_at = now});
    EXPECT_EQ(rows("(expires_at = '2026-12-01T08:00:00Z')::text"), "true");
}

TEST_F(NotificationsTest, GoByTheMessengerOfTheirChannel) {
    Mailbox mail;
    Notifications by_both{{.sms = &mailbox, .email = &mail}, secret};
    for (const char* to : {"+213550000001", "a@example.dz"}) {
        send({.to = to, .template_name = "otp", .parameters = {"482913", "10"}, .expires_at = now});
        testing::run(by_both.urgent_subscription().handlings[0].handler(
            {.payload = rows("payload"), .id = 7, .attempts = 2, .expires_at = now}));
        database.execute("delete from outbox");
    }
    ASSERT_EQ(mailbox.letters.size(), 1U);
    ASSERT_EQ(mail.letters.size(), 1U);
    EXPECT_EQ(mailbox.letters[0].subject, "");
    EXPECT_NE(mail.letters[0].subject, "");
    EXPECT_EQ(mail.letters[0].expires_at, now);
    EXPECT_TRUE(mail.letters[0].tried_before);
}

// Returning means sent, and the outbox tries nothing again.
TEST_F(NotificationsTest, APermanentRefusalIsNotRetried) {
    send({.to = "+213550000001", .template_name = "otp", .parameters = {"482913", "10"}});
    const db::OutboxMessage message{.payload = rows("payload"), .id = 7};
    using enum Receipt::Outcome;
    for (const auto outcome : {unknown_recipient, unsubscribed, rejected}) {
        mailbox.receipt = {.outcome = outcome, .reason = "21211"};
        EXPECT_TRUE(mailbox.receipt.refused());
        EXPECT_NO_THROW(testing::run(notifications.subscription().handlings[0].handler(message)));
    }
    EXPECT_FALSE(mailbox.letters.at(0).tried_before);
    mailbox.answers = false;
    EXPECT_THROW(testing::run(notifications.subscription().handlings[0].handler(message)), DependencyUnavailable);
}

TEST_F(NotificationsTest, WaitWhileNoVendorServesTheirChannel) {
    Notifications by_mail{{.email = &mailbox}, secret};
    EXPECT_FALSE(by_mail.reaches(Channel::sms));
    EXPECT_TRUE(by_mail.reaches(Channel::email));
    send({.to = "+213550000001", .template_name = "otp", .parameters = {"482913", "10"}});
    EXPECT_THROW(testing::run(by_mail.subscription().handlings[0].handler({.payload = rows("payload"), .id = 7})),
                 DependencyUnavailable);
}

// Found by a thousand rounds of the race for seats: a code arrived after all earlier booking messages.
TEST_F(NotificationsTest, ExpiringMessagesHaveTheirOwnQueue) {
    send(declined("+213550000001", 1));
    const std::string line = rows("ordering_key");
    send({.to = "+213550000001", .template_name = "otp", .parameters = {"482913", "10"}, .expires_at = now});
    EXPECT_EQ(rows("kind"), "notification.deliver code.deliver");
    EXPECT_NE(rows("ordering_key"), line + ' ' + line);
    EXPECT_EQ(notifications.urgent_subscription().handlings[0].kind, "code.deliver");
    const std::string code = rows("case when kind = 'code.deliver' then payload else '' end");
    testing::run(notifications.urgent_subscription().handlings[0].handler({.payload = code.substr(1), .id = 7}));
    EXPECT_NE(mailbox.letters.at(0).text.find("482913"), std::string::npos);
    EXPECT_EQ(notifications.urgent_subscription().giving_up, db::GivingUp::forgets);
}

class RotationTest : public NotificationsTest {};

TEST_F(RotationTest, SealedMessagesAreStillDelivered) {
    send({.to = "+213550000001", .template_name = "otp", .parameters = {"482913", "10"}});
    const db::OutboxMessage waiting{.payload = rows("payload"), .id = 7};
    EXPECT_THROW(testing::run(after.subscription().handlings[0].handler(waiting)), std::runtime_error);
    testing::run(during.subscription().handlings[0].handler(waiting));
    testing::run(other_replica.subscription().handlings[0].handler(waiting));
    ASSERT_EQ(mailbox.letters.size(), 2U);
    EXPECT_NE(mailbox.letters[0].text.find("482913"), std::string::npos);
}

TEST_F(RotationTest, OneEventStillCausesOneMessage) {
    send(declined("+213550000001", 1));
    send_by(during, declined("+213550000001", 1));
    EXPECT_EQ(rows("kind"), "notification.deliver");
    send_by(during, declined("+213550000001", 2));
    send_by(other_replica, declined("+213550000001", 2));
    EXPECT_EQ(rows("kind"), "notification.deliver notification.deliver");
}

TEST_F(RotationTest, QueuedMessagesOfAPersonStillComeFirst) {
    const Notification letter{.to = "a@example.dz", .template_name = "otp", .parameters = {"1", "10"}};
    send(letter);
    const std::string line = rows("ordering_key");
    send_by(during, letter);
    send_by(other_replica, letter);
    EXPECT_EQ(rows("ordering_key"), line + ' ' + line + ' ' + line);
    database.execute("update outbox set sent_at = now()");
    send_by(during, letter);
    send_by(other_replica, letter);
    EXPECT_EQ(rows("case when sent_at is null then (ordering_key = '" + line + "')::text end"), "false false");
}

}  // namespace
}  // namespace safargo::notifications
