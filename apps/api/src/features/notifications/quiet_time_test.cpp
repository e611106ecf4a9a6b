// What leaves in quiet hours, what waits, and in which order: through the outbox's own dispatcher.
#include "features/notifications/personal_data.hpp"
#include "features/notifications/preferences.hpp"
#include "features/notifications/service.hpp"
#include "testing/test_database.hpp"

#include "core/failures.hpp"

#include <gtest/gtest.h>

namespace safargo::notifications {
namespace {

using testing::run;
using Texts = std::vector<std::string>;

struct Vendor final : Messenger {
    Task<Receipt> deliver(Delivery delivery) override {
        if (!answers) throw DependencyUnavailable("vendor", "no answer");
        tried_before.push_back(delivery.tried_before);
        sent.push_back(delivery.template_name);
        co_return Receipt{.provider_id = "M1"};
    }
    Texts sent;
    std::vector<bool> tried_before;
    bool answers = true;
};

class QuietTimeTest : public ::testing::Test {
protected:
    QuietTimeTest() {
        amel.id = UserId::make(clock.now());
        database.execute("insert into users (id, phone, name, created_at) values ('" + amel.id.str() +
                         "', '+213550000001', 'Amel', now())");
        quiet("22:00", "07:00");
    }

    void quiet(std::string_view from, std::string_view until) {
        set({QuietHours{TimeOfDay::parse(from).value(), TimeOfDay::parse(until).value()}});
    }
    Result<MessageChoices> set(std::optional<QuietHours> hours) {
        const ChangeMessages wanted{.switches = {}, .quiet_hours = {hours}};
        return run(database.db().transact<MessageChoices>(
            [&](db::Transaction& tx) { return preferences.change(tx, amel, wanted); }));
    }
    void at(std::string_view time) { clock.set(parse_instant(time).value()); }

    Notification about(BookingId booking, std::string template_name) const {
        return {.to = "+213550000001",
                .template_name = std::move(template_name),
                .parameters = {"way", "day"},
                .reader = Notification::Reader{amel.id, {booking.value}}};
    }
    // Written, and handed over as the dispatcher does it: in the order of the rows, each until it succeeds.
    void send(Notification letter) {
        ASSERT_TRUE(run(database.db().transact<Nothing>([&](db::Transaction& tx) { return write(tx, letter); })));
        dispatch();
    }
    void dispatch() {
        const db::Statement waiting{"test_waiting", R"(
            select id, kind, ordering_key, payload, expires_at from outbox where sent_at is null order by id)"};
        const db::Rows rows = run(database.db().query(waiting));
        for (const db::Row row : rows) {
            const auto id = row.get<std::int64_t>(0);
            const auto kind = row.get<std::string>(1);
            const db::Subscription subscription =
                kind == "code.deliver" ? notifications.urgent_subscription() : notifications.subscription();
            run((*subscription.handler_of(kind))({.ordering_key = row.get<std::string>(2),
                                                  .kind = kind,
                                                  .payload = row.get<std::string>(3),
                                                  .id = id,
                                                  .expires_at = row.get<std::optional<Instant>>(4)}));
            database.execute("update outbox set sent_at = now() where id = " + std::to_string(id));
        }
    }
    void run_job() {
        run(notifications.end_quiet_hours(clock.now()));
        dispatch();
    }
    Task<Result<Nothing>> write(db::Transaction& tx, Notification letter) {
        co_await notifications.send(tx, std::move(letter), clock.now());
        co_return Nothing{};
    }
    Task<Result<Nothing>> forget(db::Transaction& tx) {
        co_await personal_data().forget(tx, amel.id, clock.now());
        co_return Nothing{};
    }
    std::int64_t laid_aside() {
        const db::Statement count{"test_count", "select count(*) from quiet_letters"};
        return run(database.db().query(count))[0].get<std::int64_t>(0);
    }

    testing::TestDatabase database;
    FakeClock clock{parse_instant("2026-12-01T08:00:00Z").value()};
    Caller amel;
    const BookingId first = BookingId::make(clock.now()), second = BookingId::make(clock.now());
    Preferences preferences{database.db(), clock};
    DeliveryLog log{database.db(), clock};
    Vendor sms;
    Notifications notifications{
        {.sms = &sms}, "a secret of at least thirty-two bytes", {}, Records{log, database.db(), clock}};
};

TEST_F(QuietTimeTest, WhatMayWaitLeavesInOrderWhenItEnds) {
    at("2026-12-01T22:30:00Z");
    send(about(first, "booking_confirmed"));
    at("2026-12-02T02:00:00Z");
    send(about(second, "booking_taken"));
    run_job();
    EXPECT_EQ(sms.sent, Texts{});
    EXPECT_EQ(laid_aside(), 2);
    at("2026-12-02T06:00:00Z");
    run_job();
    EXPECT_EQ(sms.sent, (Texts{"booking_confirmed", "booking_taken"}));
    EXPECT_EQ(laid_aside(), 0);
    run_job();
    EXPECT_EQ(sms.sent.size(), 2U) << "once";
}

TEST_F(QuietTimeTest, ByDayNothingWaits) {
    at("2026-12-01T20:59:59Z");
    send(about(first, "booking_confirmed"));
    EXPECT_EQ(sms.sent.size(), 1U);
}

TEST_F(QuietTimeTest, CodesAndDeadlinesDoNotWait) {
    at("2026-12-01T23:00:00Z");
    send(about(first, "booking_confirmed"));
    send({.to = "+213550000001",
          .template_name = "otp",
          .parameters = {"482913", "10"},
          .expires_at = clock.now() + std::chrono::minutes{10}});
    send(about(second, "booking_requested"));
    EXPECT_EQ(sms.sent, (Texts{"otp", "booking_requested"}));
    EXPECT_EQ(laid_aside(), 1);
}

// "Cancelled" at night and "confirmed" in the morning would be read the wrong way round.
TEST_F(QuietTimeTest, WhatGoesAtOnceTakesAlongWhatWasWrittenBeforeAboutTheSame) {
    at("2026-12-01T23:00:00Z");
    send(about(first, "booking_confirmed"));
    send(about(second, "booking_confirmed"));
    send(about(first, "booking_rescheduled"));
    EXPECT_EQ(sms.sent, (Texts{"booking_confirmed", "booking_rescheduled"}));
    EXPECT_EQ(laid_aside(), 1);
}

// The job comes a little after the end.
TEST_F(QuietTimeTest, TheFirstLetterAfterItsEndComesBehindThoseThatWaited) {
    at("2026-12-01T23:00:00Z");
    send(about(first, "booking_confirmed"));
    at("2026-12-02T06:00:01Z");
    send(about(second, "booking_taken"));
    EXPECT_EQ(sms.sent, (Texts{"booking_confirmed", "booking_taken"}));
    run_job();
    EXPECT_EQ(sms.sent.size(), 2U);
}

TEST_F(QuietTimeTest, NothingWaitsUntilItIsTooLate) {
    at("2026-12-01T23:00:00Z");
    Notification early = about(first, "booking_confirmed");
    early.not_after = parse_instant("2026-12-02T05:00:00Z").value();
    send(early);
    EXPECT_EQ(sms.sent.size(), 1U);
    Notification later = about(second, "booking_confirmed"), over = about(second, "booking_confirmed");
    later.not_after = parse_instant("2026-12-02T09:00:00Z").value();
    over.not_after = parse_instant("2026-12-01T20:00:00Z").value();
    send(later);
    send(over);
    EXPECT_EQ(laid_aside(), 2);
}

TEST_F(QuietTimeTest, OtherHoursLetWhatWaitsGoAtTheirEnd) {
    at("2026-12-01T23:00:00Z");
    send(about(first, "booking_confirmed"));
    quiet("22:00", "09:00");
    at("2026-12-02T06:30:00Z");
    run_job();
    EXPECT_EQ(laid_aside(), 1);
    EXPECT_TRUE(set(std::nullopt));
    run_job();
    EXPECT_EQ(sms.sent.size(), 1U);
}

TEST_F(QuietTimeTest, AVendorThatIsDownKeepsTheRestInTheirOrder) {
    at("2026-12-01T23:00:00Z");
    send(about(first, "booking_confirmed"));
    send(about(second, "booking_taken"));
    at("2026-12-02T06:00:00Z");
    sms.answers = false;
    EXPECT_THROW(run_job(), DependencyUnavailable);
    EXPECT_EQ(laid_aside(), 2);
    sms.answers = true;
    dispatch();
    EXPECT_EQ(sms.sent, (Texts{"booking_confirmed", "booking_taken"}));
    EXPECT_EQ(sms.tried_before, (std::vector<bool>{true, false})) << "the vendor may have the first";
}

// The process died after it had laid a letter aside, and before the outbox knew.
TEST_F(QuietTimeTest, ALetterIsLaidAsideOnceAndSentOnce) {
    at("2026-12-01T23:00:00Z");
    send(about(first, "booking_confirmed"));
    database.execute("update outbox set sent_at = null");
    dispatch();
    EXPECT_EQ(laid_aside(), 1);
    database.execute("update outbox set sent_at = null");
    at("2026-12-02T06:00:00Z");
    dispatch();
    run_job();
    EXPECT_EQ(sms.sent.size(), 1U);
}

TEST_F(QuietTimeTest, WhatIsSwitchedOffMeanwhileDoesNotLeave) {
    at("2026-12-01T23:00:00Z");
    send(about(first, "booking_confirmed"));
    const ChangeMessages wanted{
        .switches = {contract::List<MessageSwitch, 0, 50>{{{MessageKind::bookings, Channel::sms, false}}}},
        .quiet_hours = {}};
    ASSERT_TRUE(run(database.db().transact<MessageChoices>(
        [&](db::Transaction& tx) { return preferences.change(tx, amel, wanted); })));
    EXPECT_TRUE(run(preferences.show(amel)).value().quiet_hours) << "left out, and so as they were";
    at("2026-12-02T06:00:00Z");
    run_job();
    EXPECT_EQ(sms.sent, Texts{});
    EXPECT_EQ(laid_aside(), 0);
}

TEST_F(QuietTimeTest, WhatWaitsIsExportedAndGoesWithTheAccount) {
    at("2026-12-01T23:00:00Z");
    send(about(first, "booking_confirmed"));
    const db::Statement exported{"test_export", personal_data().exported[2].sql};
    EXPECT_NE(run(database.db().query(exported, amel.id))[0].get<std::string>(0).find("leaves_at"), std::string::npos);
    ASSERT_TRUE(run(database.db().transact<Nothing>([&](db::Transaction& tx) { return forget(tx); })));
    EXPECT_EQ(laid_aside(), 0);
}

TEST_F(QuietTimeTest, HoursThatEndWhenTheyBeginAreRefused) {
    const auto refused = set(QuietHours{TimeOfDay::parse("07:00").value(), TimeOfDay::parse("07:00").value()});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().fields, (std::vector<FieldError>{{"quiet_hours.until", {Rule::no_quiet_time}}}));
}

}  // namespace
}  // namespace safargo::notifications
