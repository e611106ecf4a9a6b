// Browsers that subscribe, and what reaches them.
#include "features/notifications/browsers.hpp"

#include "core/failures.hpp"
#include "features/notifications/personal_data.hpp"
#include "features/notifications/preferences.hpp"
#include "features/notifications/service.hpp"
#include "testing/test_database.hpp"

#include <gmock/gmock.h>

namespace safargo::notifications {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::run;
using ::testing::SizeIs;
using enum Receipt::Outcome;

struct PushServices final : Messenger {
    Task<Receipt> deliver(Delivery delivery) override {
        sent.push_back(delivery);
        if (down == delivery.to) throw DependencyUnavailable("webpush", "it failed");
        co_return Receipt{.outcome = ended == delivery.to ? unknown_recipient : accepted};
    }
    std::vector<Delivery> sent;
    std::string down, ended;
};

class BrowsersTest : public ::testing::Test {
protected:
    BrowsersTest() : amel(add_person("+213550000001")), karim(add_person("+213550000002")) {}

    Caller add_person(const std::string& phone) {
        const Caller person{.id = UserId::make(clock.now()), .session = SessionId::make(clock.now())};
        database.execute(
            "insert into users (id, phone, name, created_at) values ('" + person.id.str() + "', '" + phone +
            "', 'A person', now()); insert into sessions (id, user_id, created_at, last_used_at) values ('" +
            person.session.str() + "', '" + person.id.str() + "', now(), now())");
        return person;
    }
    static std::string address(int number) { return "https://push.example.com/" + std::to_string(number); }
    Result<SubscribedBrowser> subscribe(const Caller& caller, int number) {
        const SubscribeBrowser wanted{
            .endpoint = PushAddress::parse(address(number)).value(),
            .keys = {BrowserKey::parse(
                         "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4")
                         .value(),
                     BrowserSecret::parse("BTBZMqHH6r4Tts7J_aSIgg").value()}};
        return run(database.db().transact<SubscribedBrowser>(
            [&](db::Transaction& tx) { return browsers.subscribe(tx, caller, wanted); }));
    }
    Result<Nothing> unsubscribe(const Caller& caller, PushSubscriptionId id) {
        return run(
            database.db().transact<Nothing>([&](db::Transaction& tx) { return browsers.unsubscribe(tx, caller, id); }));
    }
    void write(const Caller& reader, bool code = false) {
        Notification letter{.to = "+213550000001",
                            .template_name = code ? "otp" : "booking_confirmed",
                            .parameters = {"way", "day"},
                            .reader = Notification::Reader{reader.id, {reader.id.value}}};
        if (code) letter.expires_at = clock.now() + std::chrono::minutes{10};
        ASSERT_TRUE(run(database.db().transact<Nothing>([&](db::Transaction& tx) { return send_in(tx, letter); })));
    }
    Task<Result<Nothing>> send_in(db::Transaction& tx, Notification letter) {
        co_await notifications.send(tx, std::move(letter), clock.now());
        co_return Nothing{};
    }
    // The letters that wait, by the outbox's handler; false if one has to be tried again.
    bool dispatch(int attempts = 0) {
        const db::Statement waiting{"test_waiting", R"(
            select id, ordering_key, payload from outbox where kind = 'notification.deliver' order by id)"};
        const db::Rows rows = run(database.db().query(waiting));
        try {
            for (const db::Row row : rows) {
                run(notifications.subscription().handlings[0].handler({.ordering_key = row.get<std::string>(1),
                                                                       .payload = row.get<std::string>(2),
                                                                       .id = row.get<std::int64_t>(0),
                                                                       .attempts = attempts}));
            }
        } catch (const DependencyUnavailable&) {
            return false;
        }
        return true;
    }
    std::vector<std::string> reached() const {
        std::vector<std::string> addresses;
        for (const Delivery& each : push.sent) addresses.push_back(each.to);
        return addresses;
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
    Caller amel, karim;
    Browsers browsers{clock, "our public key"};
    DeliveryLog log{database.db(), clock};
    PushServices sms, push;
    Notifications notifications{
        {.sms = &sms, .push = &push}, "a secret of at least thirty-two bytes", {}, Records{log, database.db(), clock}};
};

TEST_F(BrowsersTest, EachGetsWhatItsPersonGets) {
    ASSERT_TRUE(subscribe(amel, 1));
    ASSERT_TRUE(subscribe(amel, 2));
    ASSERT_TRUE(subscribe(karim, 3));
    write(amel);
    EXPECT_TRUE(dispatch());
    EXPECT_THAT(sms.sent, SizeIs(1));
    EXPECT_THAT(reached(), ::testing::UnorderedElementsAre(address(1), address(2)));
    EXPECT_NE(push.sent[0].subject, "");
    EXPECT_EQ(push.sent[0].browser_key.size(), 65U);
    EXPECT_NE(push.sent[0].key, push.sent[1].key);
    EXPECT_TRUE(dispatch(1));
    EXPECT_THAT(push.sent, SizeIs(2)) << "handed over once, whatever the outbox knows";
}

TEST_F(BrowsersTest, WithoutOneNothingIsWrittenForThem) {
    write(amel);
    EXPECT_EQ(read("select count(*)::text from outbox"), "1");
}

TEST_F(BrowsersTest, ShowNoCodes) {
    ASSERT_TRUE(subscribe(amel, 1));
    write(amel, true);
    EXPECT_EQ(read("select string_agg(kind, ' ') from outbox"), "code.deliver");
}

TEST_F(BrowsersTest, OneThatFailsDelaysNoOther) {
    ASSERT_TRUE(subscribe(amel, 1));
    ASSERT_TRUE(subscribe(amel, 2));
    push.down = address(1);
    write(amel);
    EXPECT_FALSE(dispatch());
    EXPECT_THAT(reached(), SizeIs(2));
    push.down = "";
    EXPECT_TRUE(dispatch(1));
    EXPECT_THAT(reached(), SizeIs(3));
    EXPECT_EQ(reached()[2], address(1));
}

TEST_F(BrowsersTest, ASubscriptionThatHasEndedIsRemoved) {
    ASSERT_TRUE(subscribe(amel, 1));
    ASSERT_TRUE(subscribe(amel, 2));
    push.ended = address(1);
    write(amel);
    EXPECT_TRUE(dispatch());
    EXPECT_EQ(read("select string_agg(endpoint, ' ') from push_subscriptions"), address(2));
    EXPECT_EQ(read("select string_agg(channel || ' ' || state, ',' order by state) from message_deliveries where "
                   "channel = 'push'"),
              "push accepted,push unknown_recipient");
}

TEST_F(BrowsersTest, GetNothingOnceTheirSessionHasEnded) {
    ASSERT_TRUE(subscribe(amel, 1));
    database.execute("update sessions set revoked_at = now()");
    write(amel);
    EXPECT_TRUE(dispatch());
    EXPECT_THAT(push.sent, IsEmpty());
    const auto rules = delivery_pruning_rules();
    const auto& rule = rules.back();
    run(database.db().query(rule.statement, clock.now() + std::chrono::hours{1}, std::int64_t{10}));
    EXPECT_EQ(read("select count(*)::text from push_subscriptions"), "0");
}

TEST_F(BrowsersTest, TheSameOneKeepsItsIdAndBelongsToWhoSubscribedLast) {
    const auto first = subscribe(amel, 1);
    EXPECT_EQ(subscribe(amel, 1)->id, first->id);
    EXPECT_EQ(subscribe(karim, 1)->id, first->id);
    write(amel);
    EXPECT_TRUE(dispatch());
    EXPECT_THAT(push.sent, IsEmpty());
    EXPECT_EQ(unsubscribe(amel, first->id).error().code, Code::not_found) << "another's";
    EXPECT_TRUE(unsubscribe(karim, first->id));
    EXPECT_EQ(unsubscribe(karim, first->id).error().code, Code::not_found);
}

TEST_F(BrowsersTest, APersonHasTen) {
    for (int i = 0; i < most_browsers; ++i) ASSERT_TRUE(subscribe(amel, i));
    EXPECT_EQ(subscribe(amel, most_browsers).error().code, Code::too_many_browsers);
    EXPECT_TRUE(subscribe(amel, 3)) << "it is one of them";
    EXPECT_TRUE(subscribe(karim, 100));
    EXPECT_EQ(read("select count(*)::text from push_subscriptions"), "11") << "a refusal stores nothing";
}

TEST_F(BrowsersTest, AreSwitchedOffByKind) {
    ASSERT_TRUE(subscribe(amel, 1));
    Preferences preferences{database.db(), clock};
    const ChangeMessages wanted{
        .switches = {contract::List<MessageSwitch, 0, 50>{{{MessageKind::bookings, Channel::push, false}}}},
        .quiet_hours = {}};
    ASSERT_TRUE(run(database.db().transact<MessageChoices>(
        [&](db::Transaction& tx) { return preferences.change(tx, amel, wanted); })));
    write(amel);
    EXPECT_TRUE(dispatch());
    EXPECT_THAT(push.sent, IsEmpty());
    EXPECT_THAT(sms.sent, SizeIs(1));
}

TEST_F(BrowsersTest, WithoutAKeyOfOursNobodySubscribes) {
    Browsers none{clock, ""};
    EXPECT_EQ(run(none.key(amel)).error().code, Code::feature_unavailable);
    EXPECT_EQ(run(browsers.key(amel))->public_key, "our public key");
}

// Whoever knows an endpoint and the keys could write to the browser.
TEST_F(BrowsersTest, AreExportedWithoutTheirSecretsAndGoWithTheAccount) {
    ASSERT_TRUE(subscribe(amel, 1));
    const db::Statement exported{"test_export", personal_data().exported[1].sql};
    const std::string shown = run(database.db().query(exported, amel.id))[0].get<std::string>(0);
    EXPECT_THAT(shown, HasSubstr("push.example.com"));
    EXPECT_THAT(shown, Not(HasSubstr("example.com/1")));
    EXPECT_THAT(shown, Not(HasSubstr("BTBZ")));
    ASSERT_TRUE(run(database.db().transact<Nothing>([&](db::Transaction& tx) { return forget(tx); })));
    EXPECT_EQ(read("select count(*)::text from push_subscriptions"), "0");
}

}  // namespace
}  // namespace safargo::notifications
